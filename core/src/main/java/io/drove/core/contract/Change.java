package io.drove.core.contract;

import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.OperationState;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.Allocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact. Journaled in the order in which it was decided, and applied by the same code on the leader, on followers, in recovery and in the
 * simulator. {@code at} is wall time in milliseconds, for the records only.
 */
public sealed interface Change {
    /** A leader began to decide. The first one also makes the cluster's id. */
    record EpochBegun(long epoch, ClusterId cluster, long at) implements Change {}

    /** An app exists from now on, with no instances wanted. */
    record AppRegistered(AppSpec spec, long at) implements Change {}

    /** An app that had no instances left is gone. */
    record AppDestroyed(AppId app) implements Change {}

    /** So many instances are wanted. */
    record DesiredSet(AppId app, int desired, long at) implements Change {}

    /**
     * An operation was accepted. {@code targets} are the instances that it stops or replaces; {@code desiredBefore} is what a rollback
     * restores.
     */
    record OperationStarted(
            OperationId operation, AppOperation what, List<InstanceId> targets, int desiredBefore, long at)
            implements Change {
        public OperationStarted {
            targets = List.copyOf(targets);
        }
    }

    /** An operation is over. {@code counts} says how far it came; journals from before it was recorded have none. */
    record OperationEnded(
            OperationId operation,
            AppId app,
            OperationState state,
            String reason,
            long at,
            @Nullable OperationCounts counts)
            implements Change {}

    /** An instance exists, and these cores and this memory are its own until {@link InstanceEnded}. */
    record InstancePlaced(InstanceId instance, AppId app, ExecutorId executor, Allocation allocation, long at)
            implements Change {}

    /** An instance serves, on these host ports. */
    record InstanceHealthy(InstanceId instance, AppId app, List<PortBinding> ports, long at) implements Change {
        public InstanceHealthy {
            ports = List.copyOf(ports);
        }
    }

    /** An instance does not serve any more, or never will: its executor is taking it down. */
    record InstanceFailed(InstanceId instance, AppId app, String error, long at) implements Change {}

    /** This instance is to be stopped. */
    record InstanceCondemned(InstanceId instance, AppId app, StopReason reason, long at) implements Change {}

    /** This instance is gone, and what it held is free. */
    record InstanceEnded(InstanceId instance, AppId app, InstanceState state, String error, long at)
            implements Change {}

    /**
     * This instance's executor is silent, and another will take its place. What it held stays taken until the executor is back and says that it
     * is gone ({@link GhostGone}), or is forgotten; should the executor come back with it, it is to be stopped.
     */
    record InstanceGivenUp(InstanceId instance, AppId app, String error, long at) implements Change {}

    /** An executor runs an instance that nobody knows; it is to be stopped. */
    record StrangerCondemned(InstanceId instance, ExecutorId executor, long at) implements Change {}

    /** An instance that was given up, or was a stranger, is gone from its executor. */
    record GhostGone(InstanceId instance, ExecutorId executor) implements Change {}

    /** An executor joined, or told something new of itself. */
    record ExecutorRegistered(ExecutorId executor, String digest, ExecutorInventory inventory, long at)
            implements Change {}

    /** An executor has been silent for too long. */
    record ExecutorLost(ExecutorId executor, long at) implements Change {}

    /** A lost executor is back. */
    record ExecutorReturned(ExecutorId executor, long at) implements Change {}

    /** An executor that was lost long ago is not shown any more, and what its ghosts held is free. */
    record ExecutorForgotten(ExecutorId executor) implements Change {}
}
