package io.drove.core.placement;

import io.drove.core.state.AppRecord;
import io.drove.core.state.Durable;
import io.drove.core.state.ExecutorRecord;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.NumaNode;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.resource.Allocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is free on one executor. Rebuilt from its record when that changes in an unusual way. */
final class Machine {
    private final ExecutorId id;
    private final ExecutorInventory inventory;
    private final List<NodeRoom> nodes = new ArrayList<>();

    Machine(ExecutorRecord record, Durable durable) {
        id = record.id();
        inventory = record.inventory();
        for (NumaNode node : inventory.nodes()) {
            nodes.add(new NodeRoom(node));
        }
        record.instances().forEach((instance, appId) -> {
            AppRecord app = durable.app(appId);
            if (app != null) {
                app.instances().get(instance).forEach(live -> take(live.allocation()));
            }
        });
        record.ghosts().forEach((_, held) -> take(held));
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

    void take(Allocation allocation) {
        for (NodeRoom node : nodes) {
            if (node.id() == allocation.numaNode()) {
                node.take(allocation);
            }
        }
    }

    /** The node with the fewest free cores that still fits, so that big blocks stay whole; null when none fits. */
    @Nullable
    NodeRoom tightest(int cores, long memory) {
        NodeRoom best = null;
        for (NodeRoom node : nodes) {
            if (node.fits(cores, memory) && (best == null || node.freeCores() < best.freeCores())) {
                best = node;
            }
        }
        return best;
    }

    int freeCoresMax() {
        int most = 0;
        for (NodeRoom node : nodes) {
            most = Math.max(most, node.freeCores());
        }
        return most;
    }

    /** Counts of apps are kept by {@link Room}, per host: two executors of one machine share it. */
    String host() {
        return inventory.hostname();
    }

    /** What an app's tags are matched against. */
    boolean hasTag(String tag) {
        return inventory.tags().contains(tag);
    }

    @Override
    public String toString() {
        return "Machine[" + id + " " + host() + "]";
    }

    /** A key for {@link Room}'s counts. */
    record HostApp(String host, AppId app) {}
}
