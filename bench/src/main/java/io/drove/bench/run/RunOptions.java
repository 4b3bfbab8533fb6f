package io.drove.bench.run;

import static io.drove.model.Assertion.require;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the command line of {@code drove bench run} asks for.
 *
 * @param runs how often each thing is done that takes seconds, instead of the default
 * @param isKept whether the working directory with all logs stays
 */
public record RunOptions(boolean isQuick, OptionalInt runs, boolean isKept, Set<Section> only) {
    private static final int RUNS_MAX = 1000;

    public RunOptions {
        require(
                runs.isEmpty() || (runs.getAsInt() >= 1 && runs.getAsInt() <= RUNS_MAX),
                "runs must be 1 to %d, was %s",
                RUNS_MAX,
                runs);
        require(!only.isEmpty(), "nothing to measure");
        only = Collections.unmodifiableSet(EnumSet.copyOf(only));
    }

    /** Starts of a cluster, of a server, and rollouts. */
    int slowRuns() {
        return runs.orElse(isQuick ? 3 : 5);
    }

    /** Pairs of a bare start and one by Drove. */
    int startPairs() {
        return isQuick ? 15 : 40;
    }

    /** Whole processes of the command line. */
    int commandRuns() {
        return isQuick ? 20 : 50;
    }

    /** How long a server is left alone before its memory is read. */
    Duration idleTime() {
        return Duration.ofSeconds(isQuick ? 20 : 60);
    }
}
