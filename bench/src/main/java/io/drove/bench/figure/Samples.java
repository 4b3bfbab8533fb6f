package io.drove.bench.figure;

import static io.drove.model.Assertion.require;

import java.time.Duration;
import java.util.List;

/** Repeated measurements of one thing, in one unit. Quantiles are by nearest rank: each is a value that was measured. */
public record Samples(List<Double> sorted) {
    private static final double NANOS_A_MILLISECOND = 1e6;
    private static final double MILLISECONDS_A_SECOND = 1e3;

    public Samples {
        require(!sorted.isEmpty(), "no samples");
        sorted = sorted.stream().sorted().toList();
    }

    public static Samples ofMilliseconds(List<Duration> durations) {
        return new Samples(
                durations.stream().map(d -> d.toNanos() / NANOS_A_MILLISECOND).toList());
    }

    public static Samples ofSeconds(List<Duration> durations) {
        return new Samples(durations.stream()
                .map(d -> d.toNanos() / NANOS_A_MILLISECOND / MILLISECONDS_A_SECOND)
                .toList());
    }

    public int count() {
        return sorted.size();
    }

    public double min() {
        return sorted.getFirst();
    }

    public double median() {
        return quantile(0.5);
    }

    public double max() {
        return sorted.getLast();
    }

    /** The smallest sample that at least this share of all samples does not exceed; share from 0 to 1. */
    public double quantile(double share) {
        require(share >= 0 && share <= 1, "a quantile's share must be 0 to 1, was %s", share);
        // A hair less, or 0.99 of 100 would count as 99.00000000000001 samples.
        int rank = (int) Math.ceil(share * sorted.size() - 1e-9);
        return sorted.get(Math.max(rank, 1) - 1);
    }
}
