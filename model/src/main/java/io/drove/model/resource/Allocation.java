package io.drove.model.resource;

import static io.drove.model.Assertion.require;

/** What an instance was given: whole cores and memory (MB) of one NUMA node. */
public record Allocation(int numaNode, CoreSet cores, long memoryInMb) {
    public Allocation {
        require(numaNode >= 0, "a NUMA node must not be negative, was %d", numaNode);
        require(memoryInMb >= 0, "memory must not be negative, was %d MB", memoryInMb);
    }
}
