package io.drove.simulation.invariant;

import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Durable;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Phase;
import io.drove.core.state.Presence;
import io.drove.model.app.AppSpec;
import io.drove.model.executor.NumaNode;
import io.drove.model.id.AppId;
import io.drove.simulation.engine.SimulatedContainer;
import io.drove.simulation.node.ControllerNode;
import io.drove.simulation.node.ExecutorNode;
import io.drove.simulation.node.SimulatedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a cluster has come to rest: what is observed is what is desired, nothing is under way, and nothing is left over. */
public final class Rest {
    private final SimulatedCluster cluster;
    private final Referee referee;

    public Rest(SimulatedCluster cluster, Referee referee) {
        this.cluster = cluster;
        this.referee = referee;
    }

    /** What is missing, or empty when the cluster is at rest. An operation with a timeout that is not shorter than {@code within} may still wait for it. */
    public Optional<Violation> missing(Duration within) {
        ControllerNode leader = cluster.leader();
        ClusterState state = leader == null ? null : leader.published();
        if (state == null) {
            return Optional.of(new Violation("L1", "no controller leads", ""));
        }
        List<Optional<Violation>> all = new ArrayList<>();
        all.add(unended(within));
        all.add(executors(state));
        state.durable().apps().values().forEach(app -> all.add(app(state, app)));
        cluster.executors().forEach(node -> all.add(containers(state.durable(), node)));
        return all.stream().flatMap(Optional::stream).findFirst();
    }

    private Optional<Violation> unended(Duration within) {
        return referee.unended().entrySet().stream()
                .filter(open -> open.getValue().opSpec().timeout().toNanos() < within.toNanos())
                .findFirst()
                .map(open -> new Violation(
                        "L2",
                        open.getKey() + " was promised and has not ended: " + open.getValue(),
                        open.getKey().toString()));
    }

    private Optional<Violation> executors(ClusterState state) {
        for (ExecutorNode node : cluster.executors()) {
            ExecutorRecord record = state.durable().executor(node.id());
            if (!node.hasPower()) {
                Optional<Violation> kept = record == null ? Optional.empty() : dead(state.durable(), node, record);
                if (kept.isPresent()) {
                    return kept;
                }
                continue;
            }
            Presence presence = state.observed().presence(node.id());
            if (record == null || record.lost() || presence == null || !presence.isReady()) {
                return Optional.of(
                        new Violation("L1", node + " runs and is not listed as ready: " + presence, node.toString()));
            }
        }
        return Optional.empty();
    }

    /** What was on a dead machine is given up, unless there is no place for another one. */
    private Optional<Violation> dead(Durable durable, ExecutorNode node, ExecutorRecord record) {
        if (!record.lost()) {
            return missing("L1", node + " is dead, and does not count as lost", node);
        }
        for (AppId id : record.instances().values().toSortedSet()) {
            AppRecord app = durable.app(id);
            Optional<String> place = app == null ? Optional.of("nowhere") : placeFor(durable, app);
            if (place.isPresent()) {
                return missing(
                        "L3",
                        "an instance of " + id + " on dead " + node + " is not given up, and another one fits on "
                                + place.get(),
                        id);
            }
        }
        return Optional.empty();
    }

    private Optional<Violation> app(ClusterState state, AppRecord app) {
        for (InstanceRecord instance : app.instances().values()) {
            if (instance.phase() != Phase.HEALTHY) {
                return missing("L1", instance + " is not healthy", instance.id());
            }
        }
        int count = app.instances().size();
        if (count > app.desired()) {
            return missing("L1", app.id() + " has " + count + " instances, wanted are " + app.desired(), app.id());
        }
        if (count < app.desired()) {
            Optional<String> place = placeFor(state.durable(), app);
            if (place.isPresent()) {
                return missing(
                        "L3",
                        app.id() + " has " + count + " of " + app.desired() + " instances, and another one fits on "
                                + place.get() + "; the controller says: "
                                + state.observed().notPlaced().getOrElse(app.id(), "nothing") + "; back-off "
                                + state.observed().backOffs().getOrElse(app.id(), null),
                        app.id());
            }
        }
        return Optional.empty();
    }

    private Optional<Violation> missing(String number, String what, Object subject) {
        return Optional.of(new Violation(number, what, subject.toString()));
    }

    private Optional<Violation> containers(Durable durable, ExecutorNode node) {
        if (!node.hasPower()) {
            return Optional.empty();
        }
        Set<String> running = new HashSet<>();
        for (SimulatedContainer container : node.engine().containers()) {
            AppId app = container.plan().spec().id();
            InstanceRecord record = durable.instance(app, container.instance());
            boolean isKnown = record != null && record.executor().equals(node.id());
            // One that was made by a call of an executor that died meanwhile and never ran holds nothing but a name.
            if (!isKnown && container.isRunning()) {
                return missing("L5", container + " on " + node + " is nobody's", container.instance());
            }
            if (container.isRunning()) {
                running.add(container.instance().toString());
            }
        }
        ExecutorRecord record = durable.executor(node.id());
        if (record == null) {
            return Optional.empty();
        }
        if (!record.ghosts().isEmpty()) {
            return missing("L5", "ghosts are left on " + node + ": " + record.ghosts(), node);
        }
        return record.instances().keySet().toSortedSet().toJavaList().stream()
                .filter(id -> !running.contains(id.toString()))
                .findFirst()
                .flatMap(id ->
                        missing("L1", id + " counts as healthy on " + node + ", and has no container that runs", id));
    }

    /** Where another instance fits, found without any of the planner's code. */
    private static Optional<String> placeFor(Durable durable, AppRecord app) {
        AppSpec spec = app.spec();
        for (ExecutorRecord executor : durable.executors().values()) {
            if (executor.lost() || !Permission.isGiven(app, executor)) {
                continue;
            }
            for (NumaNode node : executor.inventory().nodes()) {
                Set<Integer> free = node.cores().stream().boxed().collect(Collectors.toCollection(HashSet::new));
                long[] memory = {node.memoryInMb()};
                executor.instances().forEach((id, of) -> {
                    InstanceRecord other = durable.instance(of, id);
                    if (other != null && other.allocation().numaNode() == node.id()) {
                        free.removeAll(other.allocation().cores().toList());
                        memory[0] -= other.allocation().memoryInMb();
                    }
                });
                if (free.size() >= spec.cores() && memory[0] >= spec.memoryInMb()) {
                    return Optional.of(executor.inventory().hostname());
                }
            }
        }
        return Optional.empty();
    }
}
