package io.drove.core.placement;

import io.drove.model.id.AppId;
import io.drove.model.placement.PlacementPreference;

/**
 * Chooses a place for one instance.
 *
 * <p>Constraints: the executor takes work, the policy allows it, and one of its NUMA nodes has the cores and the memory free. Goals, in this order: the spec's preferences, the
 * first first; spread the app over hosts (the host with the fewest instances of it), keep big blocks whole (the node that is left with the fewest free cores), and be
 * predictable (the smallest executor id). Example: app A wants 2 cores; host x has one A and 2 cores free, y has none and 30, z has none and 6: z, since y keeps its block of 30.
 */
public final class Placement {
    private final Room room;
    private final Policies policies;

    public Placement(Room room) {
        this.room = room;
        this.policies = new Policies(room);
    }

    /** The place for one instance, or why there is none. Takes nothing: the caller records the change. */
    public Outcome place(Request request) {
        int slot = find(request);
        if (slot < 0) {
            return new Outcome.NotPlaced(new Explanation(room, policies, request).rejection());
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
        policies.retain(request.policy(), request.app(), candidates);
        for (PlacementPreference preference : request.preferences()) {
            prefer(preference, request.app(), spread, candidates);
        }
        return slots.tightest(leastCrowded(request.app(), candidates, spread), request.cores());
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
                            policies.removeOccupied(other, scratch);
                        }
                    }
                }
                if (scratch.next(0) >= 0) {
                    candidates.become(scratch);
                }
            }
        }
    }

    /** Those on the hosts with the fewest instances of the app. */
    private SlotSet leastCrowded(AppId app, SlotSet candidates, Spread spread) {
        SlotSet fewest = room.slots().scratch().become(candidates);
        policies.removeOccupied(app, fewest);
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
}
