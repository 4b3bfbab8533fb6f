package io.drove.core.state;

import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.AppState;
import io.drove.model.id.AppId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.vavr.collection.HashMap;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An application.
 *
 * @param counts how many live instances are in each phase, kept up to date instead of recounted
 * @param ended the last instances that ended, oldest first
 * @param lastOperation the latest operation, running or over; null when there was none
 * @param earlierOperations ids of those before it, oldest first
 */
public record AppRecord(
        AppSpec spec,
        int desired,
        HashMap<InstanceId, InstanceRecord> instances,
        PhaseCounts counts,
        Vector<EndedInstance> ended,
        @Nullable OperationRecord lastOperation,
        List<OperationId> earlierOperations,
        long created,
        long updated) {
    public AppRecord {
        earlierOperations = List.copyOf(earlierOperations);
    }

    static AppRecord of(AppSpec spec, long at) {
        return new AppRecord(spec, 0, HashMap.empty(), PhaseCounts.NONE, Vector.empty(), null, List.of(), at, at);
    }

    public AppId id() {
        return spec.id();
    }

    /** The operation that is going on, or null. */
    public OperationRecord.@Nullable Running running() {
        return lastOperation instanceof OperationRecord.Running running ? running : null;
    }

    /** Ids of the last operations, oldest first, the running one included. */
    public List<OperationId> operations() {
        if (lastOperation == null) {
            return earlierOperations;
        }
        List<OperationId> all = new ArrayList<>(earlierOperations);
        all.add(lastOperation.id());
        return List.copyOf(all);
    }

    /** What the app is doing, in the original's words. */
    public AppState state() {
        OperationRecord.Running running = running();
        if (running == null) {
            return desired > 0 ? AppState.RUNNING : AppState.MONITORING;
        }
        return switch (running.what()) {
            case AppOperation.Create _, AppOperation.StartInstances _, AppOperation.Scale _, AppOperation.Suspend _ ->
                AppState.SCALING_REQUESTED;
            case AppOperation.StopInstances _ -> AppState.STOP_INSTANCES_REQUESTED;
            case AppOperation.ReplaceInstances _ -> AppState.REPLACE_INSTANCES_REQUESTED;
            case AppOperation.Destroy _ -> AppState.DESTROY_REQUESTED;
            case AppOperation.Recover _ -> AppState.OUTAGE_DETECTED;
        };
    }

    AppRecord wanting(int count, long at) {
        return new AppRecord(spec, count, instances, counts, ended, lastOperation, earlierOperations, created, at);
    }

    AppRecord operating(OperationRecord.Running operation, List<OperationId> before, long at) {
        return new AppRecord(spec, desired, instances, counts, ended, operation, before, created, at);
    }

    /** With its operation over. */
    AppRecord idle(OperationRecord.Ended operation, long at) {
        return new AppRecord(spec, desired, instances, counts, ended, operation, earlierOperations, created, at);
    }

    AppRecord with(InstanceRecord instance) {
        InstanceRecord before = instances.getOrElse(instance.id(), null);
        PhaseCounts others = before == null ? counts : counts.minus(before.phase());
        return new AppRecord(
                spec,
                desired,
                instances.put(instance.id(), instance),
                others.plus(instance.phase()),
                ended,
                lastOperation,
                earlierOperations,
                created,
                updated);
    }

    AppRecord remembering(EndedInstance end) {
        return new AppRecord(
                spec,
                desired,
                instances,
                counts,
                ended.append(end),
                lastOperation,
                earlierOperations,
                created,
                updated);
    }

    AppRecord without(InstanceRecord instance, EndedInstance end, int keep) {
        Vector<EndedInstance> all = ended.append(end);
        return new AppRecord(
                spec,
                desired,
                instances.remove(instance.id()),
                counts.minus(instance.phase()),
                all.drop(Math.max(0, all.size() - keep)),
                lastOperation,
                earlierOperations,
                created,
                updated);
    }
}
