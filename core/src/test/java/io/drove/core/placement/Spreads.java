package io.drove.core.placement;

import static java.util.Objects.requireNonNull;

import io.drove.core.state.ClusterState;
import io.drove.core.state.InstanceRecord;
import io.drove.model.id.AppId;
import java.util.Map;
import java.util.TreeMap;

/** How many instances of an app are on each host, by the host's name, so that indexes which number hosts differently can be compared. */
final class Spreads {
    private Spreads() {}

    /** As the index has it. */
    static Map<String, Integer> perHost(Room room, AppId app) {
        Spread spread = room.spread(app);
        Map<String, Integer> counts = new TreeMap<>();
        for (Machine machine : room.machines()) {
            for (int i = 0; i < spread.size(); i++) {
                if (spread.host(i) == machine.host().number()) {
                    counts.put(machine.inventory().hostname(), spread.count(i));
                }
            }
        }
        return counts;
    }

    /** Counted. */
    static Map<String, Integer> perHost(ClusterState state, AppId app) {
        Map<String, Integer> counts = new TreeMap<>();
        for (InstanceRecord instance :
                requireNonNull(state.durable().app(app)).instances().values()) {
            String host = requireNonNull(state.durable().executor(instance.executor()))
                    .inventory()
                    .hostname();
            counts.merge(host, 1, Integer::sum);
        }
        return counts;
    }
}
