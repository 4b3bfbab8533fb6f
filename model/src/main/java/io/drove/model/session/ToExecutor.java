package io.drove.model.session;

import io.drove.model.app.AppSpec;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.InstanceId;
import io.drove.model.resource.Allocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the leader says to an executor. Orders carry the leader's epoch; an executor refuses one older than it has seen. */
public sealed interface ToExecutor {
    /** The session stands. {@code wantsInventory}: the digest is new to this leader. */
    record Welcome(ClusterId cluster, long epoch, boolean wantsInventory) implements ToExecutor {}

    /** No session, and why: a code such as {@code WRONG_CLUSTER}, {@code STALE_LEADER}, {@code PROTOCOL}, {@code NOT_LEADER}. */
    record Refused(String code, String message) implements ToExecutor {}

    /** A spec that following orders name by its digest; sent once a session. */
    record Spec(String digest, AppSpec spec) implements ToExecutor {}

    /**
     * Run this instance. Idempotent by instance id: one that runs or ran is not started again.
     *
     * @param order number to acknowledge
     * @param authToken what the workload shows to the controller as itself, or null
     */
    record Start(
            long order,
            long epoch,
            InstanceId instance,
            AppId app,
            String specDigest,
            Allocation allocation,
            @Nullable String authToken)
            implements ToExecutor {}

    /** Stop this instance, by name. Idempotent. */
    record Stop(long order, long epoch, InstanceId instance, String reason) implements ToExecutor {}

    /** The ends of these instances are recorded for good: no need to tell of them any more. */
    record Forget(long order, List<InstanceId> instances) implements ToExecutor {
        public Forget {
            instances = List.copyOf(instances);
        }
    }

    /** Still here, with the epoch. */
    record Heartbeat(long epoch) implements ToExecutor {}
}
