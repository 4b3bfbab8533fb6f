package io.drove.controller.api;

import static java.util.Objects.requireNonNull;

import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Durable;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.ExecutorState;
import io.drove.model.executor.NumaNode;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import io.drove.model.wire.ExecutorNodeData;
import io.drove.model.wire.ExecutorNodeData.Cpus;
import io.drove.model.wire.ExecutorNodeData.Layout;
import io.drove.model.wire.ExecutorNodeData.Memory;
import io.drove.model.wire.ExecutorNodeData.Resources;
import io.drove.model.wire.ExecutorSummary;
import io.drove.model.wire.InstanceInfo;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Executors as the API shows them (reference 2.4, 4.10). What ghosts hold counts as used: it may still run there. */
final class ExecutorView {
    private static final Comparator<InstanceInfo> OLDEST_FIRST =
            Comparator.comparingLong(InstanceInfo::created).thenComparing(InstanceInfo::instanceId);

    private ExecutorView() {}

    /** Lost ones are REMOVED; those that are known but get no work now, since their connection is down or young, are UNREADY. */
    static ExecutorState shown(ClusterState state, ExecutorRecord executor) {
        if (executor.lost()) {
            return ExecutorState.REMOVED;
        }
        return state.observed().isReady(executor.id()) ? ExecutorState.ACTIVE : ExecutorState.UNREADY;
    }

    static ExecutorSummary summary(ClusterState state, ExecutorRecord executor) {
        ExecutorInventory inventory = executor.inventory();
        int cores = 0;
        long memory = 0;
        for (NumaNode node : inventory.nodes()) {
            cores += node.cores().size();
            memory += node.memoryInMb();
        }
        int usedCores = executor.used().cores();
        long usedMemory = executor.used().memoryInMb();
        return new ExecutorSummary(
                executor.id(),
                inventory.hostname(),
                inventory.port(),
                inventory.transport(),
                Math.max(0, cores - usedCores),
                usedCores,
                Math.max(0, memory - usedMemory),
                usedMemory,
                inventory.tags(),
                shown(state, executor));
    }

    static ExecutorNodeData detail(ClusterState state, ExecutorRecord executor) {
        ExecutorInventory inventory = executor.inventory();
        return new ExecutorNodeData(
                "EXECUTOR",
                inventory.hostname(),
                inventory.port(),
                inventory.transport(),
                executor.updated(),
                resources(state.durable(), executor),
                instances(state, executor),
                List.of(),
                List.of(),
                inventory.tags(),
                inventory.metadata(),
                shown(state, executor));
    }

    private static Resources resources(Durable durable, ExecutorRecord executor) {
        Map<Integer, BitSet> takenCores = new HashMap<>();
        Map<Integer, Long> takenMemory = new HashMap<>();
        for (Allocation held : held(durable, executor)) {
            BitSet cores = takenCores.computeIfAbsent(held.numaNode(), _ -> new BitSet());
            held.cores().stream().forEach(cores::set);
            takenMemory.merge(held.numaNode(), held.memoryInMb(), Long::sum);
        }
        SortedMap<Integer, CoreSet> freeCores = new TreeMap<>();
        SortedMap<Integer, CoreSet> usedCores = new TreeMap<>();
        SortedMap<Integer, Long> freeMemory = new TreeMap<>();
        SortedMap<Integer, Long> usedMemory = new TreeMap<>();
        SortedMap<Integer, CoreSet> physicalCores = new TreeMap<>();
        SortedMap<Integer, Long> physicalMemory = new TreeMap<>();
        for (NumaNode node : executor.inventory().nodes()) {
            BitSet taken = takenCores.getOrDefault(node.id(), new BitSet());
            long used = takenMemory.getOrDefault(node.id(), 0L);
            freeCores.put(
                    node.id(),
                    CoreSet.of(node.cores().stream()
                            .filter(core -> !taken.get(core))
                            .toArray()));
            if (!taken.isEmpty()) {
                usedCores.put(node.id(), CoreSet.of(taken.stream().toArray()));
            }
            freeMemory.put(node.id(), Math.max(0, node.memoryInMb() - used));
            usedMemory.put(node.id(), used);
            physicalCores.put(node.id(), node.physicalCores());
            physicalMemory.put(node.id(), node.physicalMemoryInMb());
        }
        return new Resources(
                executor.id(),
                Cpus.of(freeCores, usedCores),
                Memory.of(freeMemory, usedMemory),
                new Layout(physicalCores, physicalMemory));
    }

    private static List<InstanceInfo> instances(ClusterState state, ExecutorRecord executor) {
        List<InstanceInfo> all = new ArrayList<>();
        executor.instances().forEach((id, appId) -> {
            AppRecord app = requireNonNull(state.durable().app(appId));
            InstanceRecord instance = requireNonNull(app.instances().getOrElse(id, null));
            all.add(InstanceView.live(state, app, instance));
        });
        all.sort(OLDEST_FIRST);
        return all;
    }

    private static List<Allocation> held(Durable durable, ExecutorRecord executor) {
        List<Allocation> held = new ArrayList<>();
        executor.instances()
                .forEach((id, app) ->
                        held.add(requireNonNull(durable.instance(app, id)).allocation()));
        executor.ghosts().valuesIterator().forEach(held::add);
        return held;
    }
}
