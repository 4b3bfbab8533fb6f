package io.drove.core.placement;

import io.drove.model.app.AppSpec;
import io.drove.model.id.AppId;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPolicy.Composite;
import io.drove.model.placement.PlacementPreference;
import java.util.List;

/** What one instance of an app asks for. Instances of one app ask the same. */
public record Request(
        AppId app, int cores, long memoryInMb, PlacementPolicy policy, List<PlacementPreference> preferences) {
    public Request {
        preferences = List.copyOf(preferences);
    }

    /** An app that says nothing of tags stays off tagged executors. */
    public static Request of(AppSpec spec) {
        PlacementPolicy policy = spec.placementPolicy();
        PlacementPolicy effective = policy.choosesByTag()
                ? policy
                : new Composite(List.of(policy, new PlacementPolicy.NoTag()), Composite.Combiner.AND);
        return new Request(spec.id(), spec.cores(), spec.memoryInMb(), effective, spec.placementPreferences());
    }
}
