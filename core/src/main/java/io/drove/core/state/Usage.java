package io.drove.core.state;

import io.drove.model.resource.Allocation;

/** Sum of what instances hold: cores, and memory in MB. */
public record Usage(int cores, long memoryInMb) {
    public static final Usage NONE = new Usage(0, 0);

    Usage plus(Allocation allocation) {
        return new Usage(cores + allocation.cores().size(), memoryInMb + allocation.memoryInMb());
    }

    Usage minus(Allocation allocation) {
        return new Usage(cores - allocation.cores().size(), memoryInMb - allocation.memoryInMb());
    }
}
