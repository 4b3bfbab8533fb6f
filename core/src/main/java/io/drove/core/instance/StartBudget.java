package io.drove.core.instance;

import io.drove.core.state.Limits;
import io.drove.model.app.AppSpec;
import io.drove.model.container.Executable;

/** How long a start may take. */
public final class StartBudget {
    private StartBudget() {}

    /** Pull timeout, all attempts of both checks, and some slack for the engine, in nanoseconds. */
    public static long nanos(AppSpec spec, Limits limits) {
        long pull = switch (spec.executable()) {
            case Executable.Docker docker -> docker.pullTimeout().toNanos();
        };
        return pull + spec.readiness().budgetNanos() + spec.healthcheck().budgetNanos() + limits.startSlack();
    }
}
