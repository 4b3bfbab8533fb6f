package io.drove.core.placement;

import io.drove.core.state.ExecutorRecord;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.NumaNode;
import io.drove.model.id.ExecutorId;
import io.drove.model.resource.Allocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is free on one executor, and whether it takes work. */
final class Machine {
    private final ExecutorId id;
    private final ExecutorInventory inventory;
    private final Host host;
    private final List<NodeRoom> nodes = new ArrayList<>();
    private boolean isLost;
    private boolean isReady;

    Machine(ExecutorRecord record, Host host, boolean isReady) {
        this.id = record.id();
        this.inventory = record.inventory();
        this.host = host;
        this.isLost = record.lost();
        this.isReady = isReady;
        for (NumaNode node : inventory.nodes()) {
            nodes.add(new NodeRoom(node));
        }
    }

    ExecutorId id() {
        return id;
    }

    ExecutorInventory inventory() {
        return inventory;
    }

    List<NodeRoom> nodes() {
        return nodes;
    }

    Host host() {
        return host;
    }

    boolean isReady() {
        return isReady;
    }

    void ready(boolean is) {
        isReady = is;
    }

    void lost(boolean is) {
        isLost = is;
    }

    /** Whether new work may go there. */
    boolean accepts() {
        return isReady && !isLost;
    }

    /** The node of that allocation; null when the machine has it no longer. */
    @Nullable
    NodeRoom node(Allocation allocation) {
        for (NodeRoom node : nodes) {
            if (node.id() == allocation.numaNode()) {
                return node;
            }
        }
        return null;
    }

    /** What an app's tags are matched against. */
    boolean hasTag(String tag) {
        return inventory.tags().contains(tag);
    }

    @Override
    public String toString() {
        return "Machine[" + id + " " + inventory.hostname() + "]";
    }
}
