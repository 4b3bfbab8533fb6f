package io.drove.bench.core;

import io.drove.bench.sample.SampleCluster;
import io.drove.model.app.AppSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the apps of a measurement ask of their places. */
enum SamplePolicy {
    PLAIN("plain", "P1", SampleCluster.ANY, false, false),
    ONE_PER_HOST("one per host", "P1s", SamplePolicy.ONCE, false, false),
    TAG("by tag", "P1s", "{\"type\": \"MATCH_TAG\", \"tag\": \"" + SampleCluster.TAG + "\"}", false, false),
    RACKS("over racks", "P1s", SampleCluster.ANY, true, false),
    APART("away from " + SamplePolicy.OTHERS + " apps", "P1s", SampleCluster.ANY, false, true),
    ALL("one per host, over racks, away from " + SamplePolicy.OTHERS + " apps", "P1s", SamplePolicy.ONCE, true, true);

    /** An app keeps away from so many that were placed right before it, and so are where it would go. */
    private static final int OTHERS = 3;

    private static final String ONCE = "{\"type\": \"ONE_PER_HOST\"}";

    private final String words;
    private final String goal;
    private final String policy;
    private final boolean spreads;
    private final boolean avoids;

    SamplePolicy(String words, String goal, String policy, boolean spreads, boolean avoids) {
        this.words = words;
        this.goal = goal;
        this.policy = policy;
        this.spreads = spreads;
        this.avoids = avoids;
    }

    String words() {
        return words;
    }

    /** The goal that its rate belongs to. */
    String goal() {
        return goal;
    }

    boolean isOncePerHost() {
        return policy.equals(ONCE);
    }

    /** The app with that number, of so many cores an instance. */
    AppSpec spec(int number, int cores) {
        List<String> preferences = new ArrayList<>();
        if (spreads) {
            preferences.add("{\"type\": \"SPREAD_OVER\", \"label\": \"" + SampleCluster.RACK + "\"}");
        }
        if (avoids && number > 0) {
            String others = IntStream.range(Math.max(0, number - OTHERS), number)
                    .mapToObj(other -> '"' + name(other) + '"')
                    .collect(Collectors.joining(", "));
            preferences.add("{\"type\": \"AWAY_FROM\", \"apps\": [" + others + "]}");
        }
        return SampleCluster.spec(name(number), cores, policy, "[" + String.join(", ", preferences) + "]");
    }

    private String name(int number) {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + number;
    }
}
