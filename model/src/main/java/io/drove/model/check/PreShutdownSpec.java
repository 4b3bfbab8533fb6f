package io.drove.model.check;

import io.drove.model.time.TimeSpan;
import java.util.List;

/** What happens between the decision to stop an instance and the stop: calls one after another, then a wait for clients to leave. */
public record PreShutdownSpec(List<CheckMode> hooks, TimeSpan waitBeforeKill) {
    /** No hooks and no wait. */
    public static final PreShutdownSpec NONE = new PreShutdownSpec(List.of(), TimeSpan.ofSeconds(0));

    public PreShutdownSpec {
        hooks = List.copyOf(hooks);
    }
}
