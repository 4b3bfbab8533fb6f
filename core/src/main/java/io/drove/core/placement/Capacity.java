package io.drove.core.placement;

import io.drove.core.contract.Reply.Refusal;
import io.drove.core.contract.Reply.RefusalCode;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPolicy.Composite.Combiner;
import io.drove.model.placement.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The quick check before an app is scaled up: is there enough at all? The original's rule and words (reference 4.13): tags count, limits per host do not,
 * and cores of one instance are compared with the largest NUMA node. After them, what the placement itself would say.
 */
public final class Capacity {
    private Capacity() {}

    /** Every reason why {@code more} instances of that kind cannot fit; empty when they might. */
    public static List<Refusal> refusals(Room room, Request request, int more) {
        long freeCores = 0;
        long freeMemory = 0;
        int largestNode = 0;
        boolean any = false;
        long cores = (long) request.cores() * more;
        long memory = request.memoryInMb() * more;
        for (Machine machine : room.machines()) {
            if (!machine.accepts()) {
                continue;
            }
            any = true;
            if (!tagsAgree(request.policy(), machine)) {
                continue;
            }
            for (NodeRoom node : machine.nodes()) {
                freeCores += node.freeCores();
                freeMemory += node.freeMemory();
                largestNode = Math.max(largestNode, node.coresMax());
            }
            // Mostly there is enough, and thousands of executors need not be looked at to know it.
            if (cores <= freeCores && memory <= freeMemory && request.cores() <= largestNode) {
                return List.of();
            }
        }
        List<Refusal> refusals = new ArrayList<>();
        if (!any) {
            refusals.add(refusal("No executors on cluster"));
        } else {
            if (cores > freeCores) {
                refusals.add(
                        refusal("Cluster does not have enough CPU. Required: " + cores + " Available: " + freeCores));
            }
            if (memory > freeMemory) {
                refusals.add(refusal(
                        "Cluster does not have enough Memory. Required: " + memory + " Available: " + freeMemory));
            }
            if (request.cores() > largestNode) {
                refusals.add(refusal(
                        "Required cores exceeds the maximum core available on a single NUMA node in the cluster."
                                + " Required: " + cores + " Max: " + largestNode));
            }
        }
        if (!refusals.isEmpty()) {
            explain(room, request, more).ifPresent(words -> refusals.add(refusal(words)));
        }
        return refusals;
    }

    /** How many instances have room wherever tags allow them, whatever the policy says otherwise. */
    private static long places(Room room, Request request) {
        long places = 0;
        for (Machine machine : room.machines()) {
            if (machine.accepts() && tagsAgree(request.policy(), machine)) {
                for (NodeRoom node : machine.nodes()) {
                    places += Math.min(
                            times(node.freeCores(), request.cores()), times(node.freeMemory(), request.memoryInMb()));
                }
            }
        }
        return places;
    }

    /** Of what takes nothing there is room for any number. */
    private static long times(long free, long each) {
        return each == 0 ? Integer.MAX_VALUE : Math.max(0, free / each);
    }

    /**
     * What the placement knows beyond the sums. It explains why one instance has no place, not why the one after so many others would have none: for that
     * they would have to be placed; so if one fits, how many do at most is said instead.
     */
    private static Optional<String> explain(Room room, Request request, int more) {
        return switch (new Placement(room).place(request)) {
            case Outcome.Placed _ ->
                Optional.of("There is room for at most " + places(room, request) + " of " + more + " more instances");
            case Outcome.NotPlaced(Rejection rejection) ->
                rejection.executors() == 0 ? Optional.empty() : Optional.of(rejection.inWords());
        };
    }

    private static Refusal refusal(String message) {
        return new Refusal(RefusalCode.NOT_ENOUGH_CAPACITY, message);
    }

    private static boolean tagsAgree(PlacementPolicy policy, Machine machine) {
        return switch (policy) {
            case PlacementPolicy.MatchTag match -> machine.hasTag(match.tag());
            case PlacementPolicy.NoTag _ -> !machine.inventory().isTagged();
            case PlacementPolicy.Composite composite ->
                composite.combiner() == Combiner.AND
                        ? composite.policies().stream().allMatch(part -> tagsAgree(part, machine))
                        : composite.policies().stream().anyMatch(part -> tagsAgree(part, machine));
            case PlacementPolicy.Any _,
                    PlacementPolicy.Local _,
                    PlacementPolicy.OnePerHost _,
                    PlacementPolicy.MaxPerHost _,
                    PlacementPolicy.RuleBased _ -> true;
        };
    }
}
