package io.drove.core.instance;

import io.drove.core.state.Limits;
import io.drove.model.app.AppSpec;
import io.drove.model.container.Executable;
import io.drove.model.time.TimeSpan;
import java.util.stream.LongStream;

/** How long a start may take. */
public final class StartBudget {
    // The sum of all that a spec may say has no room in a long.
    private static final long LONGEST = new TimeSpan(10 * 365, TimeSpan.Unit.DAY).toNanos();

    private StartBudget() {}

    /** Pull timeout, all attempts of both checks, and some slack for the engine, in nanoseconds; ten years at the most. */
    public static long nanos(AppSpec spec, Limits limits) {
        long pull = switch (spec.executable()) {
            case Executable.Docker docker -> docker.pullTimeout().toNanos();
        };
        return LongStream.of(
                        pull, spec.readiness().budgetNanos(), spec.healthcheck().budgetNanos(), limits.startSlack())
                .reduce(0, (sum, part) -> Math.min(LONGEST, sum + Math.min(LONGEST, part)));
    }
}
