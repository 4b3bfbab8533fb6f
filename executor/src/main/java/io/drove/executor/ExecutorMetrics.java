package io.drove.executor;

import io.drove.core.agent.AgentStatus;
import io.drove.core.agent.Effect;
import io.drove.executor.container.CgroupLimits;
import io.drove.model.instance.InstanceState;
import io.drove.platform.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Locale;
import java.util.function.Supplier;

/** The executor's figures. */
final class ExecutorMetrics {
    private static final double NANOS = 1e9;

    private final Metrics metrics = new Metrics();
    private final Counter moves;
    private final Counter verifications;
    private final Histogram stateSeconds;

    ExecutorMetrics(Supplier<AgentStatus> status) {
        moves = metrics.counter("drove_executor_instance_moves_total", "Instances that entered a state", "state");
        verifications = metrics.counter(
                "drove_executor_limits_verified_total",
                "Started containers of which the kernel was asked what it allows them",
                "found");
        stateSeconds = metrics.seconds("drove_executor_state_seconds", "How long instances stayed in a state", "state");
        metrics.gauge(
                "drove_executor_session",
                "1 while a leader listens",
                () -> status.get().hasSession() ? 1 : 0);
        metrics.gauge(
                "drove_executor_epoch",
                "The highest epoch seen",
                () -> status.get().highestEpoch());
        for (InstanceState state : InstanceState.values()) {
            metrics.gauge(
                    "drove_executor_instances_" + state.name().toLowerCase(Locale.ROOT),
                    "Known instances that are " + state,
                    () -> status.get().instances().getOrDefault(state, 0));
        }
    }

    void moved(Effect.Moved moved) {
        moves.labelValues(moved.report().state().name()).inc();
        stateSeconds.labelValues(moved.from().name()).observe(moved.after().toNanos() / NANOS);
    }

    void verified(CgroupLimits.Finding finding) {
        String found = switch (finding) {
            case CgroupLimits.Finding.AsOrdered() -> "as_ordered";
            case CgroupLimits.Finding.Different _ -> "different";
            case CgroupLimits.Finding.NotTold() -> "not_told";
        };
        verifications.labelValues(found).inc();
    }

    byte[] text() {
        return metrics.text();
    }
}
