package io.drove.simulation;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Runs one world after the other, and explains the first that fails. */
public final class Simulation {
    private static final int LAST_EVENTS = 50;

    private final PrintWriter out;

    public Simulation(PrintWriter out) {
        this.out = out;
    }

    /** What all worlds together came to. {@code failed} is the first that violated something. */
    public record Summary(
            int worlds,
            double hours,
            double seconds,
            double cpuSeconds,
            long events,
            Optional<Result> failed,
            SortedMap<String, Integer> seen) {
        public Summary {
            seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
        }

        /** How much faster than real time. */
        public double ratio() {
            return seconds == 0 ? 0 : hours * 3_600 / seconds;
        }

        @Override
        public String toString() {
            return String.format(
                    "%d seeds, %.1f cluster hours in %.1f s (%.1f s of CPU): %.0f times real time, %d events, %s",
                    worlds,
                    hours,
                    seconds,
                    cpuSeconds,
                    ratio(),
                    events,
                    failed.isPresent() ? "FAILED" : "no violation");
        }
    }

    /** Runs {@code count} seeds from {@code first} on; stops at the first failure. */
    public Summary run(long first, int count, LongFunction<Scenario> scenarios) {
        long began = System.nanoTime();
        long cpuBegan = cpuNanos();
        TreeMap<String, Integer> seen = new TreeMap<>();
        long nanos = 0;
        long events = 0;
        int done = 0;
        Optional<Result> failed = Optional.empty();
        for (long seed = first; seed < first + count && failed.isEmpty(); seed++) {
            World world = new World(scenarios.apply(seed));
            Result result = world.run();
            nanos += result.nanos();
            events += result.events();
            done++;
            result.seen().forEach((what, times) -> seen.merge(what, times, Integer::sum));
            if (result.violation().isPresent()) {
                failed = Optional.of(result);
                explain(world, result);
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpuSeconds = (cpuNanos() - cpuBegan) / 1e9;
        return new Summary(done, nanos / 3.6e12, seconds, cpuSeconds, events, failed, seen);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Seed, what was violated, and how it came to that. */
    void explain(World world, Result result) {
        result.violation().ifPresent(violation -> {
            out.println(result.scenario());
            out.printf("VIOLATED after %.3f s: %s%n", result.nanos() / 1e9, violation);
            if (!violation.subject().isEmpty()) {
                out.println("what happened to " + violation.subject() + ":");
                world.trace().lastOf(violation.subject(), LAST_EVENTS).forEach(out::println);
            }
            out.println("last " + LAST_EVENTS + " events:");
            world.trace().last(LAST_EVENTS).forEach(out::println);
            out.println("again: " + SimulateCommand.again(result.scenario()));
            out.flush();
        });
    }
}
