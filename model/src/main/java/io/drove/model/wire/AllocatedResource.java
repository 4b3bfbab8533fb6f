package io.drove.model.wire;

import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an instance was given, by NUMA node. */
public sealed interface AllocatedResource {
    /** Logical cores. */
    record Cpu(SortedMap<Integer, CoreSet> cores) implements AllocatedResource {}

    /** Memory in MB. */
    record Memory(SortedMap<Integer, Long> memoryInMB) implements AllocatedResource {}

    /** The two entries of an allocation. */
    static List<AllocatedResource> of(Allocation allocation) {
        int node = allocation.numaNode();
        return List.of(
                new Cpu(new TreeMap<>(Map.of(node, allocation.cores()))),
                new Memory(new TreeMap<>(Map.of(node, allocation.memoryInMb()))));
    }
}
