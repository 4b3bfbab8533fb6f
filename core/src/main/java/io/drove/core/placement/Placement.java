package io.drove.core.placement;

import io.drove.model.id.AppId;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPolicy.Composite.Combiner;
import io.drove.model.placement.PlacementPreference;
import io.drove.model.placement.Rejection;
import io.drove.model.placement.Rejection.Filter;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a place for one instance.
 *
 * <p>Constraints: the executor takes work, the policy allows it, and one of its NUMA nodes has the cores and the memory free. Goals, in this order: the spec's preferences, the
 * first first; spread the app over hosts (the host with the fewest instances of it), keep big blocks whole (the node that is left with the fewest free cores), and be
 * predictable (the smallest executor id). Example: app A wants 2 cores; host x has one A and 2 cores free, y has none and 30, z has none and 6: z, since y keeps its block of 30.
 */
public final class Placement {
    /** On fewer hosts than these an app needs no set of them: there may be a hundred thousand such apps. */
    private static final int FEW_HOSTS = 4;

    private final Room room;

    public Placement(Room room) {
        this.room = room;
    }

    /** The place for one instance, or why there is none. Takes nothing: the caller records the change. */
    public Outcome place(Request request) {
        int slot = find(request);
        if (slot < 0) {
            return new Outcome.NotPlaced(explain(request));
        }
        Slots slots = room.slots();
        return new Outcome.Placed(
                slots.owner(slot).id(), slots.room(slot).offer(request.cores(), request.memoryInMb()));
    }

    /** Whether there is a place for one instance. */
    public boolean fits(Request request) {
        return find(request) >= 0;
    }

    private int find(Request request) {
        Slots slots = room.slots();
        SlotSet candidates = slots.candidates(request.cores(), request.memoryInMb());
        Spread spread = room.spread(request.app());
        retain(request.policy(), request.app(), spread, candidates);
        for (PlacementPreference preference : request.preferences()) {
            prefer(preference, request.app(), spread, candidates);
        }
        return slots.tightest(leastCrowded(request.app(), candidates, spread), request.cores());
    }

    /** Leaves those that the policy allows. */
    private void retain(PlacementPolicy policy, AppId app, Spread spread, SlotSet candidates) {
        switch (policy) {
            case PlacementPolicy.Any _, PlacementPolicy.Local _ -> {}
            case PlacementPolicy.OnePerHost _ -> removeOccupied(app, spread, candidates);
            case PlacementPolicy.MaxPerHost most -> removeCrowded(spread, most.max(), candidates);
            case PlacementPolicy.MatchTag match ->
                candidates.retainAll(room.slots().tagged(match.tag()));
            case PlacementPolicy.NoTag _ -> candidates.retainAll(room.slots().untagged());
            case PlacementPolicy.RuleBased _ -> candidates.clear();
            case PlacementPolicy.Composite composite -> {
                if (composite.combiner() == Combiner.AND) {
                    composite.policies().forEach(part -> retain(part, app, spread, candidates));
                } else {
                    SlotSet any = room.slots().set();
                    for (PlacementPolicy part : composite.policies()) {
                        SlotSet allowed = room.slots().set().become(candidates);
                        retain(part, app, spread, allowed);
                        any.addAll(allowed);
                    }
                    candidates.become(any);
                }
            }
        }
    }

    /** Leaves those that are preferred, if there are any. */
    private void prefer(PlacementPreference preference, AppId self, Spread spread, SlotSet candidates) {
        SlotSet scratch = room.slots().scratch();
        switch (preference) {
            case PlacementPreference.SpreadOver over ->
                room.slots().label(over.label()).leaveFewest(candidates, spread, scratch);
            case PlacementPreference.AwayFrom away -> {
                scratch.become(candidates);
                for (String name : away.apps()) {
                    for (AppId other : room.versions(name)) {
                        if (!other.equals(self)) {
                            removeOccupied(other, room.spread(other), scratch);
                        }
                    }
                }
                if (scratch.next(0) >= 0) {
                    candidates.become(scratch);
                }
            }
        }
    }

    /** Removes the hosts that have any instance of the app: one by one while they are few. */
    private void removeOccupied(AppId app, Spread spread, SlotSet candidates) {
        if (spread.size() < FEW_HOSTS) {
            removeCrowded(spread, 1, candidates);
        } else {
            candidates.removeAll(room.occupied(app));
        }
    }

    /** Removes the hosts that have {@code count} instances of the app or more. */
    private void removeCrowded(Spread spread, int count, SlotSet candidates) {
        for (int i = 0; i < spread.size(); i++) {
            if (spread.count(i) >= count) {
                for (int slot : room.host(spread.host(i)).slots()) {
                    candidates.remove(slot);
                }
            }
        }
    }

    /** Those on the hosts with the fewest instances of the app. */
    private SlotSet leastCrowded(AppId app, SlotSet candidates, Spread spread) {
        SlotSet fewest = room.slots().scratch().become(candidates);
        removeOccupied(app, spread, fewest);
        if (fewest.next(0) >= 0) {
            return fewest;
        }
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < spread.size(); i++) {
            if (spread.count(i) <= least) {
                for (int slot : room.host(spread.host(i)).slots()) {
                    if (candidates.contains(slot)) {
                        if (spread.count(i) < least) {
                            fewest.clear();
                            least = spread.count(i);
                        }
                        fewest.add(slot);
                    }
                }
            }
        }
        return fewest;
    }

    /** Why there is no place: each executor under the first filter that turns it away. */
    private Rejection explain(Request request) {
        Spread spread = room.spread(request.app());
        Map<Filter, Integer> counts = new EnumMap<>(Filter.class);
        Machine nearest = null;
        for (Machine machine : room.machines()) {
            Filter filter = filter(request, machine, spread);
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

    private @Nullable Filter filter(Request request, Machine machine, Spread spread) {
        if (!machine.accepts()) {
            return Filter.NOT_ACCEPTING;
        }
        Filter refused = refusal(request.policy(), machine, spread.on(machine.host()));
        if (refused != null || machine.fits(request.cores(), request.memoryInMb())) {
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
                machine.inventory().hostname(),
                most.freeCores(),
                request.cores(),
                most.freeMemory(),
                request.memoryInMb(),
                most.id());
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
