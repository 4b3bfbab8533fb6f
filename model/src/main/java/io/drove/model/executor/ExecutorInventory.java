package io.drove.model.executor;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an executor is and has. {@code tags} always contain the host's name; NUMA nodes are in ascending order of their ids. */
public record ExecutorInventory(
        String hostname,
        int port,
        Transport transport,
        SortedSet<String> tags,
        List<NumaNode> nodes,
        Map<String, String> metadata) {
    public ExecutorInventory {
        TreeSet<String> allTags = new TreeSet<>(tags);
        allTags.add(hostname);
        tags = Collections.unmodifiableSortedSet(allTags);
        nodes = List.copyOf(nodes);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** Whether it has tags besides the host's name, so that only work which asks for tags comes here. */
    public boolean isTagged() {
        return tags.size() > 1;
    }
}
