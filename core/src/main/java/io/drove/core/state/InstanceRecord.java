package io.drove.core.state;

import io.drove.core.contract.StopReason;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.Allocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live instance.
 *
 * @param ports host ports, known from the first time that it was healthy
 * @param error why it is {@link Phase#FAILING}, or empty
 * @param stopReason why it is {@link Phase#STOPPING}, or null
 * @param created wall time in milliseconds; so is {@code updated}
 */
public record InstanceRecord(
        InstanceId id,
        AppId app,
        ExecutorId executor,
        Allocation allocation,
        Phase phase,
        List<PortBinding> ports,
        String error,
        @Nullable StopReason stopReason,
        long created,
        long updated) {
    public InstanceRecord {
        ports = List.copyOf(ports);
    }

    /** With ids that others hold too: read from a snapshot, each is a copy of its own. */
    InstanceRecord sharing(AppId sameApp, ExecutorId sameExecutor) {
        return new InstanceRecord(
                id, sameApp, sameExecutor, allocation, phase, ports, error, stopReason, created, updated);
    }

    InstanceRecord healthy(List<PortBinding> on, long at) {
        return new InstanceRecord(id, app, executor, allocation, Phase.HEALTHY, on, "", null, created, at);
    }

    InstanceRecord failed(String why, long at) {
        return new InstanceRecord(id, app, executor, allocation, Phase.FAILING, ports, why, null, created, at);
    }

    InstanceRecord condemned(StopReason why, long at) {
        return new InstanceRecord(id, app, executor, allocation, Phase.STOPPING, ports, error, why, created, at);
    }
}
