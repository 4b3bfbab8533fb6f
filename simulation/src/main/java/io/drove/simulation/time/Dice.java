package io.drove.simulation.time;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** All randomness of a world. Each part gets dice of its own, so that one part's throws do not change another's. */
public final class Dice {
    private final SplittableRandom random;

    public Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Dice for a part. */
    public Dice split() {
        return new Dice(random.split());
    }

    /** True that often, from 0 to 1. */
    public boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** From {@code low} to {@code high}, both included. */
    public int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    public long nextLong() {
        return random.nextLong();
    }

    /** A length between the two, in nanoseconds. */
    public long between(Duration low, Duration high) {
        return low.toNanos() + random.nextLong(high.toNanos() - low.toNanos() + 1);
    }

    /** Nanoseconds from {@code low} to {@code high} milliseconds, the short ones far more often: as networks and disks behave. */
    public long millis(long low, long high) {
        double skewed = Math.pow(random.nextDouble(), 4);
        return low * 1_000_000 + (long) ((high - low) * 1_000_000 * skewed);
    }

    public <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
