package io.drove.core.placement;

import static io.drove.model.Assertion.require;

import io.drove.model.executor.NumaNode;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import java.util.BitSet;

/** What is free on one NUMA node. */
final class NodeRoom {
    private final int id;
    private final BitSet free = new BitSet();
    private int freeCores;
    private long freeMemory;

    NodeRoom(NumaNode node) {
        id = node.id();
        node.cores().stream().forEach(free::set);
        freeCores = free.cardinality();
        freeMemory = node.memoryInMb();
    }

    int id() {
        return id;
    }

    int freeCores() {
        return freeCores;
    }

    long freeMemory() {
        return freeMemory;
    }

    boolean fits(int cores, long memory) {
        return freeCores >= cores && freeMemory >= memory;
    }

    /** The lowest free cores. Does not take them. */
    Allocation offer(int cores, long memory) {
        require(fits(cores, memory), "node %d has %d free cores, not %d", id, freeCores, cores);
        int[] ids = new int[cores];
        int core = -1;
        for (int i = 0; i < cores; i++) {
            core = free.nextSetBit(core + 1);
            ids[i] = core;
        }
        return new Allocation(id, CoreSet.of(ids), memory);
    }

    void take(Allocation allocation) {
        for (int i = 0; i < allocation.cores().size(); i++) {
            int core = allocation.cores().at(i);
            if (free.get(core)) {
                free.clear(core);
                freeCores--;
            }
        }
        freeMemory -= allocation.memoryInMb();
    }
}
