package io.drove.core.app;

import static java.util.Objects.requireNonNull;

import io.drove.core.contract.Change;
import io.drove.core.contract.OperationCounts;
import io.drove.core.contract.Reply;
import io.drove.core.contract.Reply.Refusal;
import io.drove.core.contract.Reply.RefusalCode;
import io.drove.core.placement.Room;
import io.drove.core.rollout.Measure;
import io.drove.core.rollout.Rollout;
import io.drove.core.state.AppRecord;
import io.drove.core.state.Due;
import io.drove.core.state.EndedInstance;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Ledger;
import io.drove.core.state.OperationRecord;
import io.drove.core.state.Phase;
import io.drove.core.state.Progress;
import io.drove.model.app.AppOperation;
import io.drove.model.app.OperationState;
import io.drove.model.id.AppId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import java.util.List;

/** The life of an operation: begun, stalled, done, cancelled. */
public final class Operations {
    private Operations() {}

    /** Begins an operation, or says every reason why not. */
    public static Reply begin(Ledger ledger, AppOperation operation, Room room) {
        List<Refusal> refusals = Admission.refusals(ledger, operation, room);
        if (!refusals.isEmpty()) {
            return new Reply.Refused(refusals);
        }
        OperationId id = ledger.newOperationId();
        if (operation instanceof AppOperation.Create create) {
            ledger.record(new Change.AppRegistered(create.spec(), ledger.wall()));
        }
        AppRecord app = ledger.app(operation.appId());
        OperationRecord.Running running = app.running();
        if (running != null) {
            end(ledger, app, OperationState.CANCELLED, "superseded by " + id);
        }
        List<InstanceId> targets = targets(app, operation);
        ledger.record(new Change.OperationStarted(id, operation, targets, app.desired(), ledger.wall()));
        want(ledger, app.id(), desired(app, operation, targets));
        ledger.backOff(app.id(), null);
        ledger.disarm(new Due.AppRetry(app.id()));
        ledger.progress(app.id(), new Progress(id, Integer.MIN_VALUE, 0));
        arm(ledger, id, operation);
        return new Reply.Accepted(app.id(), id);
    }

    /** Stops what goes on with an app: a rollout stays as far as it came. */
    public static Reply cancel(Ledger ledger, AppId id) {
        AppRecord app = ledger.durable().app(id);
        OperationRecord.Running running = app == null ? null : app.running();
        if (app == null || running == null || !isCancellable(running.what())) {
            return Reply.Refused.because(RefusalCode.NOTHING_TO_CANCEL, "Current operation could not be cancelled");
        }
        end(ledger, app, OperationState.CANCELLED, "cancelled");
        if (!(running.what() instanceof AppOperation.ReplaceInstances)) {
            want(ledger, id, app.counts().healthy());
        }
        return new Reply.Cancelled(id, running.id());
    }

    /** Ends the app's operation if it is done, and gives it more time if it came further than ever. */
    public static void follow(Ledger ledger, AppId id) {
        AppRecord app = ledger.app(id);
        OperationRecord.Running running = app.running();
        if (running == null) {
            return;
        }
        Measure measure = requireNonNull(Rollout.measure(app));
        if (measure.isComplete()) {
            complete(ledger, app, running);
            return;
        }
        Progress best = ledger.observed().progress().getOrElse(id, null);
        if (best == null || !best.operation().equals(running.id()) || measure.score() > best.done()) {
            int failed = best != null && best.operation().equals(running.id()) ? best.failed() : 0;
            ledger.progress(id, new Progress(running.id(), measure.score(), failed));
            arm(ledger, running.id(), running.what());
        }
    }

    /** Gives an operation of an earlier epoch its time anew. */
    public static void resume(Ledger ledger, OperationRecord.Running running) {
        arm(ledger, running.id(), running.what());
    }

    /** Its deadline passed without progress: it fails, as its failure strategy says. */
    public static void stalled(Ledger ledger, OperationId operation, AppId id) {
        AppRecord app = ledger.durable().app(id);
        OperationRecord.Running running = app == null ? null : app.running();
        if (app == null || running == null || !running.id().equals(operation)) {
            return;
        }
        String reason = reason(ledger, app, running);
        end(ledger, app, OperationState.FAILED, reason);
        switch (running.opSpec().failureStrategy()) {
            case STOP ->
                want(ledger, id, Math.min(settledCount(app), ledger.limits().instancesPerApp()));
            case ROLLBACK -> want(ledger, id, running.desiredBefore());
        }
    }

    /** What is healthy; but a replacement in the middle has more of them than are wanted. */
    private static int settledCount(AppRecord app) {
        return app.running() != null && app.running().what() instanceof AppOperation.ReplaceInstances
                ? Math.min(app.desired(), app.counts().healthy())
                : app.counts().healthy();
    }

    private static void complete(Ledger ledger, AppRecord app, OperationRecord.Running running) {
        end(ledger, app, OperationState.SUCCEEDED, "");
        if (running.what() instanceof AppOperation.Destroy) {
            ledger.record(new Change.AppDestroyed(app.id()));
        }
    }

    private static void end(Ledger ledger, AppRecord app, OperationState how, String reason) {
        OperationRecord.Running running = requireNonNull(app.running());
        Measure measure = requireNonNull(Rollout.measure(app));
        int failed = ledger.observed()
                .progress()
                .get(app.id())
                .filter(best -> best.operation().equals(running.id()))
                .map(Progress::failed)
                .getOrElse(0);
        OperationCounts counts = new OperationCounts(measure.wanted(), measure.done(), failed);
        ledger.record(new Change.OperationEnded(running.id(), app.id(), how, reason, ledger.wall(), counts));
    }

    private static void want(Ledger ledger, AppId app, int desired) {
        if (ledger.app(app).desired() != desired) {
            ledger.record(new Change.DesiredSet(app, desired, ledger.wall()));
        }
    }

    private static void arm(Ledger ledger, OperationId id, AppOperation operation) {
        ledger.arm(
                new Due.OperationStalled(id, operation.appId()),
                ledger.now() + operation.opSpec().timeout().toNanos());
    }

    private static boolean isCancellable(AppOperation operation) {
        return switch (operation) {
            case AppOperation.Create _,
                    AppOperation.StartInstances _,
                    AppOperation.Scale _,
                    AppOperation.Suspend _,
                    AppOperation.ReplaceInstances _ -> true;
            case AppOperation.Destroy _, AppOperation.StopInstances _, AppOperation.Recover _ -> false;
        };
    }

    private static List<InstanceId> targets(AppRecord app, AppOperation operation) {
        return switch (operation) {
            case AppOperation.StopInstances stop -> named(app, stop.instanceIds());
            case AppOperation.ReplaceInstances replace ->
                replace.instanceIds().isEmpty()
                        ? app.instances()
                                .values()
                                .filter(instance -> instance.phase() == Phase.HEALTHY)
                                .map(InstanceRecord::id)
                                .sorted()
                                .toJavaList()
                        : named(app, replace.instanceIds());
            case AppOperation.Create _,
                    AppOperation.Destroy _,
                    AppOperation.StartInstances _,
                    AppOperation.Scale _,
                    AppOperation.Suspend _,
                    AppOperation.Recover _ -> List.of();
        };
    }

    private static List<InstanceId> named(AppRecord app, List<String> texts) {
        return texts.stream()
                .flatMap(text -> Admission.find(app, text).stream())
                .map(InstanceRecord::id)
                .distinct()
                .sorted()
                .toList();
    }

    private static int desired(AppRecord app, AppOperation operation, List<InstanceId> targets) {
        return switch (operation) {
            case AppOperation.Create create -> create.instances();
            case AppOperation.StartInstances start -> app.counts().healthy() + start.instances();
            case AppOperation.Scale scale -> scale.requiredInstances();
            case AppOperation.Suspend _ -> 0;
            case AppOperation.StopInstances stop ->
                stop.skipRespawn() ? Math.max(0, app.desired() - targets.size()) : app.desired();
            case AppOperation.Destroy _, AppOperation.ReplaceInstances _, AppOperation.Recover _ -> app.desired();
        };
    }

    private static String reason(Ledger ledger, AppRecord app, OperationRecord.Running running) {
        Measure measure = requireNonNull(Rollout.measure(app));
        StringBuilder text =
                new StringBuilder("no progress for " + running.opSpec().timeout() + ": " + measure.done() + " of "
                        + measure.wanted() + " done, " + app.counts().healthy() + " healthy");
        String notPlaced = ledger.observed().notPlaced().getOrElse(app.id(), "");
        if (!notPlaced.isEmpty()) {
            text.append("; not placed: ").append(notPlaced);
        }
        String lastError = lastError(app);
        if (!lastError.isEmpty()) {
            text.append("; last failure: ").append(lastError);
        }
        return text.toString();
    }

    private static String lastError(AppRecord app) {
        for (EndedInstance ended : app.ended().reverse()) {
            if (!ended.error().isEmpty()) {
                return ended.error();
            }
        }
        return app.instances()
                .values()
                .map(InstanceRecord::error)
                .find(error -> !error.isEmpty())
                .getOrElse("");
    }
}
