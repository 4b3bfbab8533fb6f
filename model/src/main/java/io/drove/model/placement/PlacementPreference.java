package io.drove.model.placement;

import java.util.List;

/**
 * Where a workload is better off, of the executors that its {@link PlacementPolicy} accepts. Never a reason for not placing it. Ours alone: the
 * original has no such thing.
 */
public sealed interface PlacementPreference {
    /** Evenly over the values that executors have for a label (a key of their metadata, such as {@code rack}); those without it count as one value. */
    record SpreadOver(String label) implements PlacementPreference {}

    /** On hosts that run none of these apps, each named by its name (all of its versions) or its id. */
    record AwayFrom(List<String> apps) implements PlacementPreference {
        public AwayFrom {
            apps = List.copyOf(apps);
        }
    }
}
