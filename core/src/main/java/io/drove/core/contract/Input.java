package io.drove.core.contract;

import io.drove.model.app.AppOperation;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.instance.InstanceReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a decision is due: someone asked, an executor told, or time passed. */
public sealed interface Input {
    /** Where the ids of this decision come from. */
    Seed seed();

    /** This controller leads from now on. The first input of an epoch; {@code epoch} is higher than any before. */
    record LeadershipBegun(Seed seed, long epoch) implements Input {}

    /** An operation on an app, decoded and complete. Answered by a {@link Reply}. */
    record OperationAsked(Seed seed, AppOperation operation) implements Input {}

    /** Stop what is going on with an app. Answered by a {@link Reply}. */
    record CancelAsked(Seed seed, AppId app) implements Input {}

    /** An executor has a session. {@code inventory} is null when the leader knew its digest. */
    record ExecutorConnected(
            Seed seed,
            ExecutorId executor,
            SessionId session,
            String digest,
            @Nullable ExecutorInventory inventory) implements Input {}

    /** An executor's inventory changed while it is connected. */
    record InventoryChanged(Seed seed, ExecutorId executor, String digest, ExecutorInventory inventory)
            implements Input {}

    /** All instances that an executor has, at the start of its session. */
    record InstancesListed(Seed seed, ExecutorId executor, SessionId session, List<InstanceReport> instances)
            implements Input {
        public InstancesListed {
            instances = List.copyOf(instances);
        }
    }

    /** Instances of an executor that changed. */
    record InstancesReported(Seed seed, ExecutorId executor, SessionId session, List<InstanceReport> instances)
            implements Input {
        public InstancesReported {
            instances = List.copyOf(instances);
        }
    }

    /** These executors were heard of since the last such input. */
    record ExecutorsHeard(Seed seed, List<ExecutorId> executors) implements Input {
        public ExecutorsHeard {
            executors = List.copyOf(executors);
        }
    }

    /** A session ended. {@code announced}: the executor said that it will be back. */
    record ExecutorDisconnected(Seed seed, ExecutorId executor, SessionId session, boolean announced)
            implements Input {}

    /** What executors told has waited for long: who seems silent may have spoken. */
    record FellBehind(Seed seed) implements Input {}

    /** A deadline may have passed, or an earlier decision said that there is more to do. */
    record TimePassed(Seed seed) implements Input {}
}
