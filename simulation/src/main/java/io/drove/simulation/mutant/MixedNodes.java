package io.drove.simulation.mutant;

import io.drove.core.contract.Change;
import io.drove.core.state.Durable;
import io.drove.core.state.ExecutorRecord;
import io.drove.model.executor.NumaNode;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import java.util.List;

/** Takes the last core of an allocation from another node of the machine. */
final class MixedNodes implements Tampering.OfChange {
    @Override
    public Change tamper(Durable before, Change change) {
        if (!(change instanceof Change.InstancePlaced placed)) {
            return change;
        }
        ExecutorRecord executor = before.executor(placed.executor());
        if (executor == null || placed.allocation().cores().size() < 2) {
            return change;
        }
        List<NumaNode> others = executor.inventory().nodes().stream()
                .filter(node -> node.id() != placed.allocation().numaNode())
                .toList();
        if (others.isEmpty()) {
            return change;
        }
        int[] cores = placed.allocation().cores().stream().toArray();
        cores[cores.length - 1] = others.getFirst().cores().at(0);
        Allocation mixed = new Allocation(
                placed.allocation().numaNode(),
                CoreSet.of(cores),
                placed.allocation().memoryInMb());
        return new Change.InstancePlaced(placed.instance(), placed.app(), placed.executor(), mixed, placed.at());
    }
}
