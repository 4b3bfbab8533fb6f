package io.drove.core.placement;

import io.drove.model.id.AppId;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPolicy.Composite.Combiner;

/** What policies allow, as sets of slots. */
final class Policies {
    /** On fewer hosts than these an app needs no set of them: there may be a hundred thousand such apps. */
    private static final int FEW_HOSTS = 4;

    private final Room room;

    Policies(Room room) {
        this.room = room;
    }

    /** Leaves, of the candidates, those that the policy allows for that app. */
    void retain(PlacementPolicy policy, AppId app, SlotSet candidates) {
        Slots slots = room.slots();
        switch (policy) {
            case PlacementPolicy.Any _, PlacementPolicy.Local _ -> {}
            case PlacementPolicy.OnePerHost _ -> removeOccupied(app, candidates);
            case PlacementPolicy.MaxPerHost most -> removeCrowded(room.spread(app), most.max(), candidates);
            case PlacementPolicy.MatchTag match -> candidates.retainAll(slots.tagged(match.tag()));
            case PlacementPolicy.NoTag _ -> candidates.retainAll(slots.untagged());
            case PlacementPolicy.RuleBased _ -> candidates.clear();
            case PlacementPolicy.Composite composite -> {
                if (composite.combiner() == Combiner.AND) {
                    composite.policies().forEach(part -> retain(part, app, candidates));
                } else {
                    SlotSet any = slots.set();
                    for (PlacementPolicy part : composite.policies()) {
                        SlotSet allowed = slots.set().become(candidates);
                        retain(part, app, allowed);
                        any.addAll(allowed);
                    }
                    candidates.become(any);
                }
            }
        }
    }

    /** Removes the hosts that have any instance of the app: one by one while they are few. */
    void removeOccupied(AppId app, SlotSet candidates) {
        Spread spread = room.spread(app);
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
}
