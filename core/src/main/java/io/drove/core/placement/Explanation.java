package io.drove.core.placement;

import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPolicy.Composite.Combiner;
import io.drove.model.placement.Rejection;
import io.drove.model.placement.Rejection.Filter;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why there is no place for an instance: each executor under the first filter that turns it away. Works on sets of slots as the search does, since whatever
 * waits is asked about again and again. For one request; used once.
 */
final class Explanation {
    private final Room room;
    private final Slots slots;
    private final Policies policies;
    private final Request request;
    private final Map<Filter, Integer> counts = new EnumMap<>(Filter.class);
    private int counted;

    Explanation(Room room, Policies policies, Request request) {
        this.room = room;
        this.slots = room.slots();
        this.policies = policies;
        this.request = request;
    }

    /** Right only if there is no place. */
    Rejection rejection() {
        int executors = room.machines().size();
        SlotSet left = copy(slots.all());
        turnAway(Filter.NOT_ACCEPTING, left, slots.accepting());
        turnAway(request.policy(), left);
        count(Filter.MEMORY, slots.owners(copy(left).retainAll(slots.free(request.cores()))));
        // Also those without any cores, which have no slots.
        count(Filter.CORES, executors - counted);
        return new Rejection(executors, new TreeMap<>(counts), nearestMiss(left));
    }

    /** Leaves those that the policy allows, and counts the others. */
    private void turnAway(PlacementPolicy policy, SlotSet left) {
        switch (policy) {
            case PlacementPolicy.Any _, PlacementPolicy.Local _ -> {}
            case PlacementPolicy.OnePerHost _, PlacementPolicy.MaxPerHost _ ->
                turnAway(Filter.PER_HOST, left, allowed(policy, left));
            case PlacementPolicy.MatchTag _, PlacementPolicy.NoTag _ ->
                turnAway(Filter.TAG, left, allowed(policy, left));
            case PlacementPolicy.RuleBased _ -> turnAway(Filter.RULE, left, allowed(policy, left));
            case PlacementPolicy.Composite composite
            when composite.combiner() == Combiner.AND -> composite.policies().forEach(part -> turnAway(part, left));
            case PlacementPolicy.Composite composite -> {
                SlotSet allowed = allowed(composite, left);
                // All parts turn these away; the first one has asked first.
                SlotSet refused = copy(left).removeAll(allowed);
                composite.policies().stream().findFirst().ifPresent(part -> turnAway(part, refused));
                left.retainAll(allowed);
            }
        }
    }

    private void turnAway(Filter filter, SlotSet left, SlotSet allowed) {
        count(filter, slots.executors(copy(left).removeAll(allowed)));
        left.retainAll(allowed);
    }

    private void count(Filter filter, int executors) {
        if (executors > 0) {
            counts.merge(filter, executors, Integer::sum);
            counted += executors;
        }
    }

    private SlotSet allowed(PlacementPolicy policy, SlotSet left) {
        SlotSet allowed = copy(left);
        policies.retain(policy, request.app(), allowed);
        return allowed;
    }

    private SlotSet copy(SlotSet original) {
        return slots.set().become(original);
    }

    /** The executor with most cores free on one node; the first of several. */
    private String nearestMiss(SlotSet left) {
        int slot = slots.roomiest(left);
        if (slot < 0) {
            return "";
        }
        NodeRoom most = slots.room(slot);
        return String.format(
                "%s has %d of %d cores and %d of %d MB free on NUMA node %d",
                slots.owner(slot).inventory().hostname(),
                most.freeCores(),
                request.cores(),
                most.freeMemory(),
                request.memoryInMb(),
                most.id());
    }
}
