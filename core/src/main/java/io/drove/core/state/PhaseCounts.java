package io.drove.core.state;

import static io.drove.model.Assertion.require;

/** How many instances are in each phase. */
public record PhaseCounts(int coming, int healthy, int failing, int stopping) {
    public static final PhaseCounts NONE = new PhaseCounts(0, 0, 0, 0);

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
            case COMING -> new PhaseCounts(coming + count, healthy, failing, stopping);
            case HEALTHY -> new PhaseCounts(coming, healthy + count, failing, stopping);
            case FAILING -> new PhaseCounts(coming, healthy, failing + count, stopping);
            case STOPPING -> new PhaseCounts(coming, healthy, failing, stopping + count);
        };
    }
}
