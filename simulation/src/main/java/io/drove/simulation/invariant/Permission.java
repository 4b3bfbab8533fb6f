package io.drove.simulation.invariant;

import io.drove.core.state.AppRecord;
import io.drove.core.state.ExecutorRecord;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPolicy.Composite;
import io.drove.model.placement.PlacementPolicy.Composite.Combiner;
import java.util.stream.Stream;

/** What an app's policy says of an executor, found without any of the planner's code. */
final class Permission {
    private Permission() {}

    /** Whether another instance may go there. An app that names no tag stays off tagged executors. */
    static boolean isGiven(AppRecord app, ExecutorRecord executor) {
        PlacementPolicy policy = app.spec().placementPolicy();
        long here = executor.instances().values().count(of -> of.equals(app.id()));
        return (isUntagged(executor) || leaves(policy).anyMatch(PlacementPolicy.MatchTag.class::isInstance))
                && allows(policy, executor, here);
    }

    private static boolean isUntagged(ExecutorRecord executor) {
        return executor.inventory().tags().size() <= 1;
    }

    private static Stream<PlacementPolicy> leaves(PlacementPolicy policy) {
        return policy instanceof Composite composite
                ? composite.policies().stream().flatMap(Permission::leaves)
                : Stream.of(policy);
    }

    private static boolean allows(PlacementPolicy policy, ExecutorRecord executor, long here) {
        return switch (policy) {
            case PlacementPolicy.Any _ -> true;
            case PlacementPolicy.OnePerHost _ -> here == 0;
            case PlacementPolicy.MaxPerHost most -> here < most.max();
            case PlacementPolicy.MatchTag match -> executor.inventory().tags().contains(match.tag());
            case PlacementPolicy.NoTag _ -> isUntagged(executor);
            case Composite all
            when all.combiner() == Combiner.AND ->
                all.policies().stream().allMatch(part -> allows(part, executor, here));
            case Composite any -> any.policies().stream().anyMatch(part -> allows(part, executor, here));
            case PlacementPolicy.Local _, PlacementPolicy.RuleBased _ -> false;
        };
    }
}
