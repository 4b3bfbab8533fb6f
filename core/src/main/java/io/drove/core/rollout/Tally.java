package io.drove.core.rollout;

import io.drove.core.state.AppRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.OperationRecord;
import io.drove.model.id.InstanceId;

/**
 * An app's instances, counted by whether its operation aims at them.
 *
 * @param oldHealthy targets that serve; {@code oldLive} those that serve or come; {@code oldLeft} those that are not gone yet
 */
record Tally(int desired, int live, int healthy, int coming, int stopping, int oldHealthy, int oldLive, int oldLeft) {
    static Tally of(AppRecord app) {
        OperationRecord running = app.running();
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
                oldLeft);
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
