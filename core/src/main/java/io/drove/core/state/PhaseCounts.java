package io.drove.core.state;

import static io.drove.model.Assertion.require;

import java.util.stream.IntStream;

/** How many instances are in each phase. */
public record PhaseCounts(int coming, int healthy, int failing, int stopping) {
    public static final PhaseCounts NONE = new PhaseCounts(0, 0, 0, 0);

    /** Most apps have a few instances, all of them healthy: their counts are made once. */
    private static final PhaseCounts[] HEALTHY = IntStream.range(0, 16)
            .mapToObj(healthy -> new PhaseCounts(0, healthy, 0, 0))
            .toArray(PhaseCounts[]::new);

    public PhaseCounts {
        require(
                coming >= 0 && healthy >= 0 && failing >= 0 && stopping >= 0,
                "counts must not be negative, were %d, %d, %d, %d",
                coming,
                healthy,
                failing,
                stopping);
    }

    /** Those that serve or will. */
    public int live() {
        return coming + healthy;
    }

    /** All of them. */
    public int all() {
        return coming + healthy + failing + stopping;
    }

    PhaseCounts plus(Phase phase) {
        return add(phase, 1);
    }

    PhaseCounts minus(Phase phase) {
        return add(phase, -1);
    }

    private PhaseCounts add(Phase phase, int count) {
        return switch (phase) {
            case COMING -> of(coming + count, healthy, failing, stopping);
            case HEALTHY -> of(coming, healthy + count, failing, stopping);
            case FAILING -> of(coming, healthy, failing + count, stopping);
            case STOPPING -> of(coming, healthy, failing, stopping + count);
        };
    }

    private static PhaseCounts of(int coming, int healthy, int failing, int stopping) {
        boolean isKept = coming == 0 && failing == 0 && stopping == 0 && healthy >= 0 && healthy < HEALTHY.length;
        return isKept ? HEALTHY[healthy] : new PhaseCounts(coming, healthy, failing, stopping);
    }
}
