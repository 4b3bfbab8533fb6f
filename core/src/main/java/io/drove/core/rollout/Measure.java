package io.drove.core.rollout;

import io.drove.core.state.AppRecord;
import io.drove.core.state.OperationRecord;
import io.drove.core.state.PhaseCounts;
import io.drove.model.app.AppOperation;

/**
 * How far an operation is.
 *
 * @param wanted what is to be done, in instances
 * @param done what of it is done; it can fall again when an instance fails
 * @param score grows with each sign of progress, within an operation
 * @param isComplete whether there is nothing left to do
 */
public record Measure(int wanted, int done, int score, boolean isComplete) {
    static Measure of(AppRecord app, OperationRecord.Running running, Tally tally) {
        PhaseCounts counts = app.counts();
        boolean isQuiet = counts.coming() == 0 && counts.stopping() == 0;
        return switch (running.what()) {
            case AppOperation.ReplaceInstances _ -> {
                int targets = running.targets().size();
                int gone = targets - tally.oldLeft();
                yield new Measure(
                        targets,
                        gone,
                        gone + tally.newHealthy(),
                        tally.oldLeft() == 0 && counts.healthy() >= app.desired() && isQuiet);
            }
            case AppOperation.StopInstances _ -> {
                int targets = running.targets().size();
                int gone = targets - tally.oldLeft();
                yield new Measure(targets, gone, gone, tally.oldLeft() == 0);
            }
            case AppOperation.Destroy _ -> {
                int left = app.instances().size();
                int all = Math.max(left, running.desiredBefore());
                yield new Measure(all, all - left, -left, left == 0);
            }
            case AppOperation.Create _,
                    AppOperation.StartInstances _,
                    AppOperation.Scale _,
                    AppOperation.Suspend _,
                    AppOperation.Recover _ -> {
                boolean isDown = app.desired() < running.desiredBefore();
                boolean isComplete =
                        counts.healthy() == app.desired() && isQuiet && (app.desired() > 0 || counts.failing() == 0);
                int above = Math.max(0, app.instances().size() - app.desired());
                yield isDown
                        ? new Measure(
                                running.desiredBefore() - app.desired(),
                                Math.max(0, running.desiredBefore() - app.desired() - above),
                                -above,
                                isComplete)
                        : new Measure(
                                app.desired(),
                                Math.min(counts.healthy(), app.desired()),
                                counts.healthy() - above,
                                isComplete);
            }
        };
    }
}
