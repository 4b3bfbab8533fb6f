package io.drove.core.placement;

import io.drove.model.id.ExecutorId;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPolicy.Composite.Combiner;
import io.drove.model.placement.Rejection;
import io.drove.model.placement.Rejection.Filter;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a place for one instance.
 *
 * <p>Constraints: the executor takes work, the policy allows it, and one of its NUMA nodes has the cores and the memory free. Goals, in this order: spread an
 * app over hosts (the host with the fewest instances of it), keep big blocks whole (the node that is left with the fewest free cores), and be
 * predictable (the smallest executor id). Example: app A wants 2 cores; host x has one A and 2 cores free, y has none and 30, z has none and 6: z, since y keeps its block of 30.
 */
public final class Placement {
    private final Room room;
    private final Predicate<ExecutorId> acceptsWork;

    /** {@code acceptsWork} says of each executor whether new work may go there. */
    public Placement(Room room, Predicate<ExecutorId> acceptsWork) {
        this.room = room;
        this.acceptsWork = acceptsWork;
    }

    /** The place for one instance, or why there is none. Takes nothing: the caller records the change. */
    public Outcome place(Request request) {
        Outcome.Placed placed = find(request);
        return placed == null ? new Outcome.NotPlaced(explain(request)) : placed;
    }

    /** Whether there is a place for one instance. */
    public boolean fits(Request request) {
        return find(request) != null;
    }

    private Outcome.@Nullable Placed find(Request request) {
        Machine best = null;
        NodeRoom bestNode = null;
        int bestInstances = Integer.MAX_VALUE;
        for (Machine machine : room.machines()) {
            NodeRoom node = machine.tightest(request.cores(), request.memoryInMb());
            if (node == null || !acceptsWork.test(machine.id())) {
                continue;
            }
            int instances = room.instancesOnHost(machine.host(), request.app());
            boolean better = instances < bestInstances
                    || (instances == bestInstances && bestNode != null && node.freeCores() < bestNode.freeCores());
            if (better && refusal(request.policy(), machine, instances) == null) {
                best = machine;
                bestNode = node;
                bestInstances = instances;
            }
        }
        return best == null || bestNode == null
                ? null
                : new Outcome.Placed(best.id(), bestNode.offer(request.cores(), request.memoryInMb()));
    }

    /** Why there is no place: each executor under the first filter that turns it away. */
    private Rejection explain(Request request) {
        Map<Filter, Integer> counts = new EnumMap<>(Filter.class);
        Machine nearest = null;
        for (Machine machine : room.machines()) {
            Filter filter = filter(request, machine);
            if (filter == null) {
                continue;
            }
            counts.merge(filter, 1, Integer::sum);
            boolean almost = filter == Filter.CORES || filter == Filter.MEMORY;
            if (almost && (nearest == null || machine.freeCoresMax() > nearest.freeCoresMax())) {
                nearest = machine;
            }
        }
        return new Rejection(room.machines().size(), new TreeMap<>(counts), nearestMiss(request, nearest));
    }

    private @Nullable Filter filter(Request request, Machine machine) {
        if (!acceptsWork.test(machine.id())) {
            return Filter.NOT_ACCEPTING;
        }
        Filter refused = refusal(request.policy(), machine, room.instancesOnHost(machine.host(), request.app()));
        if (refused != null || machine.tightest(request.cores(), request.memoryInMb()) != null) {
            return refused;
        }
        return machine.freeCoresMax() >= request.cores() ? Filter.MEMORY : Filter.CORES;
    }

    private static String nearestMiss(Request request, @Nullable Machine machine) {
        if (machine == null) {
            return "";
        }
        NodeRoom most = machine.nodes().getFirst();
        for (NodeRoom node : machine.nodes()) {
            most = node.freeCores() > most.freeCores() ? node : most;
        }
        return String.format(
                "%s has %d of %d cores and %d of %d MB free on NUMA node %d",
                machine.host(), most.freeCores(), request.cores(), most.freeMemory(), request.memoryInMb(), most.id());
    }

    /** The first filter of the policy that turns this machine away, or null when the policy agrees. */
    private static @Nullable Filter refusal(PlacementPolicy policy, Machine machine, int instancesOnHost) {
        return switch (policy) {
            case PlacementPolicy.Any _, PlacementPolicy.Local _ -> null;
            case PlacementPolicy.OnePerHost _ -> instancesOnHost == 0 ? null : Filter.PER_HOST;
            case PlacementPolicy.MaxPerHost most -> instancesOnHost < most.max() ? null : Filter.PER_HOST;
            case PlacementPolicy.MatchTag match -> machine.hasTag(match.tag()) ? null : Filter.TAG;
            case PlacementPolicy.NoTag _ -> machine.inventory().isTagged() ? Filter.TAG : null;
            case PlacementPolicy.RuleBased _ -> Filter.RULE;
            case PlacementPolicy.Composite composite -> {
                Filter first = null;
                boolean any = composite.combiner() == Combiner.OR;
                for (PlacementPolicy part : composite.policies()) {
                    Filter refused = refusal(part, machine, instancesOnHost);
                    if (any && refused == null) {
                        yield null;
                    }
                    first = first == null ? refused : first;
                    if (!any && refused != null) {
                        yield refused;
                    }
                }
                yield first;
            }
        };
    }
}
