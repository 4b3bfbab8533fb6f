package io.drove.simulation.mutant;

import io.drove.core.contract.Change;
import io.drove.core.state.Durable;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.model.resource.Allocation;

/** Gives a new instance the cores that another one of the same size has. */
final class GrantedTwice implements Tampering.OfChange {
    @Override
    public Change tamper(Durable before, Change change) {
        if (!(change instanceof Change.InstancePlaced placed)) {
            return change;
        }
        ExecutorRecord executor = before.executor(placed.executor());
        if (executor == null) {
            return change;
        }
        for (var entry : executor.instances().toJavaMap().entrySet()) {
            InstanceRecord other = before.instance(entry.getValue(), entry.getKey());
            int wanted = placed.allocation().cores().size();
            if (other != null && other.allocation().cores().size() == wanted) {
                Allocation taken = other.allocation();
                return new Change.InstancePlaced(
                        placed.instance(), placed.app(), placed.executor(), taken, placed.at());
            }
        }
        return change;
    }
}
