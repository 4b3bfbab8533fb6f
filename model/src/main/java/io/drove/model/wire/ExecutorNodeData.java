package io.drove.model.wire;

import io.drove.model.executor.ExecutorState;
import io.drove.model.executor.Transport;
import io.drove.model.id.ExecutorId;
import io.drove.model.resource.CoreSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * An executor with its resources by NUMA node and its instances. {@code type} is always {@code EXECUTOR}; {@code tasks} and {@code
 * serviceInstances} are empty until there are such.
 */
public record ExecutorNodeData(
        String type,
        String hostname,
        int port,
        Transport transportType,
        long updated,
        Resources state,
        List<InstanceInfo> instances,
        List<Object> tasks,
        List<Object> serviceInstances,
        SortedSet<String> tags,
        Map<String, String> metadata,
        ExecutorState executorState) {

    /** What is free and what is used. {@code layout} is what the machine really has for workloads. */
    public record Resources(ExecutorId executorId, Cpus cpus, Memory memory, Layout layout) {}

    /** Cores by NUMA node; {@code type} is always {@code CPU}. */
    public record Cpus(String type, SortedMap<Integer, CoreSet> freeCores, SortedMap<Integer, CoreSet> usedCores) {
        public static Cpus of(SortedMap<Integer, CoreSet> free, SortedMap<Integer, CoreSet> used) {
            return new Cpus("CPU", free, used);
        }
    }

    /** Memory in MB by NUMA node; {@code type} is always {@code MEMORY}. */
    public record Memory(String type, SortedMap<Integer, Long> freeMemory, SortedMap<Integer, Long> usedMemory) {
        public static Memory of(SortedMap<Integer, Long> free, SortedMap<Integer, Long> used) {
            return new Memory("MEMORY", free, used);
        }
    }

    /** Physical cores, and memory in MB, by NUMA node. */
    public record Layout(SortedMap<Integer, CoreSet> cores, SortedMap<Integer, Long> memory) {}
}
