package io.drove.executor.inventory;

import io.drove.model.executor.NumaNode;
import io.drove.model.resource.CoreSet;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the machine gives out, and which physical core stands behind each core id.
 *
 * <p>Over-provisioning gives each physical core {@code c} the ids {@code (c+1)·p+1 … (c+1)·p+m}, with {@code m} the multiplier and {@code p} the
 * next prime above it: the original's numbers (reference 7.4), but each node only its own.
 */
public final class MachineInventory {
    private final List<NumaNode> nodes;
    private final SortedMap<Integer, Integer> physical;

    private MachineInventory(List<NumaNode> nodes, SortedMap<Integer, Integer> physical) {
        this.nodes = List.copyOf(nodes);
        this.physical = Collections.unmodifiableSortedMap(physical);
    }

    /** Reads the machine below {@code root}, which is {@code /} for the one we run on. */
    public static MachineInventory read(Path root, InventorySettings settings) {
        List<PhysicalNode> found = new Topology(root).nodes();
        if (!settings.hasNumaPinning()) {
            found = List.of(merged(found));
        }
        OverProvisioning over = settings.overProvisioning();
        int cpuMultiplier = over.enabled() ? over.cpuMultiplier() : 1;
        int memoryMultiplier = over.enabled() ? over.memoryMultiplier() : 1;
        SortedMap<Integer, Integer> physical = new TreeMap<>();
        List<NumaNode> nodes = new ArrayList<>();
        for (PhysicalNode node : found) {
            CoreSet own = CoreSet.of(node.cores().stream()
                    .filter(core -> !settings.osCores().contains(core))
                    .toArray());
            long memory = node.memoryInMb() * settings.exposedMemoryPercentage() / 100;
            CoreSet given = over.enabled() ? virtual(own, cpuMultiplier, physical) : identical(own, physical);
            nodes.add(new NumaNode(node.id(), given, memory * memoryMultiplier, own, memory));
        }
        return new MachineInventory(nodes, physical);
    }

    /** In ascending order of their ids. */
    public List<NumaNode> nodes() {
        return nodes;
    }

    /** The physical cores behind these ids; an id that is not (any more) ours stands for itself when it is no virtual one. */
    public CoreSet physical(CoreSet cores) {
        return CoreSet.of(
                cores.stream().map(core -> physical.getOrDefault(core, core)).toArray());
    }

    private static PhysicalNode merged(List<PhysicalNode> nodes) {
        int[] cores = nodes.stream().flatMapToInt(node -> node.cores().stream()).toArray();
        long memory = nodes.stream().mapToLong(PhysicalNode::memoryInMb).sum();
        return new PhysicalNode(0, CoreSet.of(cores), memory);
    }

    private static CoreSet identical(CoreSet cores, SortedMap<Integer, Integer> physical) {
        cores.stream().forEach(core -> physical.put(core, core));
        return cores;
    }

    private static CoreSet virtual(CoreSet cores, int multiplier, SortedMap<Integer, Integer> physical) {
        int prime = BigInteger.valueOf(multiplier).nextProbablePrime().intValueExact();
        IntStream.Builder ids = IntStream.builder();
        cores.stream().forEach(core -> {
            for (int copy = 1; copy <= multiplier; copy++) {
                int id = (core + 1) * prime + copy;
                ids.add(id);
                physical.put(id, core);
            }
        });
        return CoreSet.of(ids.build().toArray());
    }
}
