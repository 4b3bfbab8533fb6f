package io.drove.executor.container;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** A container in the engine's list. {@code state} is the engine's word: created, running, exited … */
public record ListedContainer(String id, String name, String state, Map<String, String> labels) {
    public ListedContainer {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
}
