package io.drove.simulation;

import io.drove.simulation.invariant.Violation;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came of a world.
 *
 * @param nanos how long it lived, in its own time
 * @param events how many events it had
 * @param hash over its history, by which two runs are compared
 * @param seen how often each kind of thing happened
 */
public record Result(
        Scenario scenario,
        Optional<Violation> violation,
        long nanos,
        long events,
        long hash,
        Counts counts,
        Map<String, Integer> seen) {
    public Result {
        seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
    }

    /**
     * How much happened.
     *
     * @param skipped batches that were committed and did not count
     * @param lost healthy instances that ended without an order to
     */
    public record Counts(int asked, int accepted, int placed, int batches, int skipped, long epoch, int lost) {}
}
