package io.drove.model.placement;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why an instance could not be placed: of {@code executors} looked at, how many each filter turned away, and the nearest miss in words.
 * An executor is counted under the first filter that turned it away, so the counts add up.
 */
public record Rejection(int executors, SortedMap<Filter, Integer> counts, String nearestMiss) {
    /** The filters, in the order in which they are asked. */
    public enum Filter {
        NOT_ACCEPTING("accept no new work"),
        TAG("have the wrong tags"),
        RULE("cannot be asked, since rule-based placement is not supported yet"),
        PER_HOST("have enough instances of this app"),
        MEMORY("have too little free memory on one NUMA node"),
        CORES("have too few free cores on one NUMA node");

        private final String words;

        Filter(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public Rejection {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** The whole explanation as one sentence. */
    public String inWords() {
        if (executors == 0) {
            return "No executors on cluster";
        }
        StringBuilder text = new StringBuilder("No executor of " + executors + " fits: ");
        String separator = "";
        for (var entry : counts.entrySet()) {
            text.append(separator)
                    .append(entry.getValue())
                    .append(' ')
                    .append(entry.getKey().words());
            separator = ", ";
        }
        return text.append(nearestMiss.isEmpty() ? "" : "; nearest: " + nearestMiss)
                .toString();
    }
}
