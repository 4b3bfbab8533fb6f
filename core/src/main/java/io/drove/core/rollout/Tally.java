package io.drove.core.rollout;

import io.drove.core.state.AppRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.OperationRecord;
import io.drove.core.state.Phase;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An app's instances, counted by whether its operation aims at them.
 *
 * @param oldHealthy targets that serve; {@code oldLive} those that serve or come; {@code oldLeft} those that are not gone yet
 * @param lost of the healthy ones, those whose executor is lost: they count, but nobody may be stopped because they are there; {@code oldLost} those
 *     of them that are targets
 */
record Tally(
        int desired,
        int live,
        int healthy,
        int coming,
        int stopping,
        int oldHealthy,
        int oldLive,
        int oldLeft,
        int lost,
        int oldLost) {
    /** With nobody lost. */
    static Tally of(AppRecord app) {
        return of(app, null);
    }

    /** {@code isLost} is null when no instance of any app is on a lost executor, so that most apps are not looked through. */
    static Tally of(AppRecord app, @Nullable Predicate<ExecutorId> isLost) {
        OperationRecord.Running running = app.running();
        int lost = 0;
        int oldLost = 0;
        if (isLost != null) {
            for (InstanceRecord instance : app.instances().valuesIterator()) {
                if (instance.phase() == Phase.HEALTHY && isLost.test(instance.executor())) {
                    lost++;
                    oldLost += running != null && running.targets().contains(instance.id()) ? 1 : 0;
                }
            }
        }
        int oldHealthy = 0;
        int oldLive = 0;
        int oldLeft = 0;
        if (running != null) {
            for (InstanceId target : running.targets()) {
                InstanceRecord instance = app.instances().getOrElse(target, null);
                if (instance == null) {
                    continue;
                }
                oldLeft++;
                switch (instance.phase()) {
                    case HEALTHY -> {
                        oldHealthy++;
                        oldLive++;
                    }
                    case COMING -> oldLive++;
                    case FAILING, STOPPING -> {}
                }
            }
        }
        return new Tally(
                app.desired(),
                app.counts().live(),
                app.counts().healthy(),
                app.counts().coming(),
                app.counts().stopping(),
                oldHealthy,
                oldLive,
                oldLeft,
                lost,
                oldLost);
    }

    /** Targets that may stop when {@code budget} instances must go on serving: those that serve nobody, and of the others what is above it. */
    int oldThatMayStop(int budget) {
        int reached = healthy - lost;
        int oldReached = oldHealthy - oldLost;
        return oldLost + Math.max(0, Math.min(oldReached, reached - budget));
    }

    int newLive() {
        return live - oldLive;
    }

    int newHealthy() {
        return healthy - oldHealthy;
    }

    int newComing() {
        return coming - (oldLive - oldHealthy);
    }
}
