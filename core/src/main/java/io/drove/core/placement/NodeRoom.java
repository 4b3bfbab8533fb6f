package io.drove.core.placement;

import static io.drove.model.Assertion.require;

import io.drove.model.executor.NumaNode;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import java.util.Arrays;
import java.util.BitSet;

/** What is free on one NUMA node. */
final class NodeRoom {
    private final int id;
    private final CoreSet cores;
    private final BitSet free = new BitSet();
    /** By core: how many hold it. More than one when an executor came back with what had been given up. */
    private short[] holders = new short[0];

    private int freeCores;
    private long freeMemory;
    private int slot;

    NodeRoom(NumaNode node) {
        id = node.id();
        cores = node.cores();
        cores.stream().forEach(free::set);
        freeCores = cores.size();
        freeMemory = node.memoryInMb();
    }

    int id() {
        return id;
    }

    /** Its number in {@link Slots}. */
    int slot() {
        return slot;
    }

    void slot(int number) {
        slot = number;
    }

    /** Free cores when nobody holds any. */
    int coresMax() {
        return cores.size();
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
        CoreSet taken = allocation.cores();
        for (int i = 0; i < taken.size(); i++) {
            int core = taken.at(i);
            if (core >= holders.length) {
                holders = Arrays.copyOf(holders, Math.max(core + 1, cores.size()));
            }
            holders[core]++;
            if (free.get(core)) {
                free.clear(core);
                freeCores--;
            }
        }
        freeMemory -= allocation.memoryInMb();
    }

    void release(Allocation allocation) {
        CoreSet released = allocation.cores();
        for (int i = 0; i < released.size(); i++) {
            int core = released.at(i);
            holders[core]--;
            if (holders[core] == 0 && cores.contains(core)) {
                free.set(core);
                freeCores++;
            }
        }
        freeMemory += allocation.memoryInMb();
    }
}
