package io.drove.core.state;

import io.drove.core.contract.OperationCounts;
import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.OpSpec;
import io.drove.model.app.OperationState;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.drove.model.resource.Allocation;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A piece of the durable half, small enough to be written one by one. In the order of {@link Snapshots#parts}. */
public sealed interface SnapshotPart {
    /** The first part; {@code cluster} is null when there was no epoch yet. */
    record Head(@Nullable ClusterId cluster, long epoch, List<OperationId> gone) implements SnapshotPart {
        public Head {
            gone = List.copyOf(gone);
        }
    }

    /** An executor, without its live instances. */
    record Executor(
            ExecutorId id,
            String digest,
            ExecutorInventory inventory,
            boolean lost,
            SortedMap<InstanceId, Allocation> ghosts,
            long updated)
            implements SnapshotPart {
        public Executor {
            ghosts = Collections.unmodifiableSortedMap(new TreeMap<>(ghosts));
        }
    }

    /** An operation that is going on; in snapshots of format 1 also one that is over. */
    record Operation(
            OperationId id,
            AppOperation what,
            List<InstanceId> targets,
            int desiredBefore,
            OperationState state,
            String reason,
            long created,
            long ended,
            @Nullable OperationCounts counts)
            implements SnapshotPart {
        public Operation {
            targets = List.copyOf(targets);
        }
    }

    /** An operation that is over. */
    record EndedOperation(
            OperationId id,
            AppId app,
            String type,
            OpSpec how,
            OperationState state,
            String reason,
            long created,
            long ended,
            @Nullable OperationCounts counts)
            implements SnapshotPart {}

    /** An app, without its instances; its operations come before it. */
    record App(
            AppSpec spec,
            int desired,
            @Nullable OperationId running,
            List<OperationId> operations,
            long created,
            long updated)
            implements SnapshotPart {
        public App {
            operations = List.copyOf(operations);
        }
    }

    /** A live instance; its app and its executor come before it. */
    record Live(InstanceRecord instance) implements SnapshotPart {}

    /** An instance that ended, oldest first for each app. */
    record Ended(AppId app, EndedInstance instance) implements SnapshotPart {}
}
