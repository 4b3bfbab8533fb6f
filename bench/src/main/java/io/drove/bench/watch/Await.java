package io.drove.bench.watch;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition by looking again and again. */
public final class Await {
    /** For a port of a container, which costs next to nothing to ask. */
    public static final Duration FINE = Duration.ofMillis(1);

    /** For an API that is asked while it works: each call costs both sides some milliseconds of a processor. */
    public static final Duration LIGHT = Duration.ofMillis(10);

    /** For what takes seconds: looking must not keep two cores busy. */
    public static final Duration COARSE = Duration.ofMillis(25);

    private static final Duration REST = Duration.ofMillis(500);

    private Await() {}

    /**
     * Returns when the condition holds, at most one grain late.
     *
     * @param what the condition in words, for the complaint
     * @throws MeasurementFailed when it does not hold within the limit
     */
    public static void until(String what, Duration limit, Duration grain, BooleanSupplier condition)
            throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new MeasurementFailed("not within " + limit.toSeconds() + " s: " + what);
            }
            Thread.sleep(grain);
        }
    }

    /** Leaves the machine alone before a container is started: the kernel still clears up after those that were removed before. */
    public static void rest() throws InterruptedException {
        Thread.sleep(REST);
    }

    /** Leaves the machine alone until that long after a reading of {@link System#nanoTime}. */
    public static void quietly(long nanoTime, Duration length) throws InterruptedException {
        Duration left = length.minus(since(nanoTime));
        if (left.isPositive()) {
            Thread.sleep(left);
        }
    }

    /** The time since a reading of {@link System#nanoTime}. */
    public static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
