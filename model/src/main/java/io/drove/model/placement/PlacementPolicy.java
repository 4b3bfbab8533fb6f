package io.drove.model.placement;

import static io.drove.model.Assertion.require;

import java.util.List;

/** Which executors a workload accepts. */
public sealed interface PlacementPolicy {
    /** Any executor with room. */
    record Any() implements PlacementPolicy {}

    /** At most one instance of the app on a host. */
    record OnePerHost() implements PlacementPolicy {}

    /** At most {@code max} (1 to 64) instances of the app on a host. */
    record MaxPerHost(int max) implements PlacementPolicy {
        public MaxPerHost {
            require(max >= 1, "max per host must be at least 1, was %d", max);
        }
    }

    /** Only executors with that tag; a host's name is always one of its tags. */
    record MatchTag(String tag) implements PlacementPolicy {}

    /** Only executors without tags besides the host's name. */
    record NoTag() implements PlacementPolicy {}

    /** Only executors for which a rule says yes. */
    record RuleBased(String rule, Language language) implements PlacementPolicy {
        /** The language of a rule. */
        public enum Language {
            HOPE,
            MVEL
        }
    }

    /** Several policies at once, or any of them. */
    record Composite(List<PlacementPolicy> policies, Combiner combiner) implements PlacementPolicy {
        public Composite {
            policies = List.copyOf(policies);
        }

        /** Whether all or any must agree. */
        public enum Combiner {
            AND,
            OR
        }
    }

    /** Every executor; for local services only. */
    record Local(boolean hostLevel) implements PlacementPolicy {}

    /** Whether this policy, or one inside it, says something about tags or rules, which lifts the implicit no-tag rule. */
    default boolean choosesByTag() {
        return switch (this) {
            case MatchTag _, RuleBased _ -> true;
            case Composite composite -> composite.policies().stream().anyMatch(PlacementPolicy::choosesByTag);
            case Any _, OnePerHost _, MaxPerHost _, NoTag _, Local _ -> false;
        };
    }

    /** Whether this policy, or one inside it, is {@link Local}. */
    default boolean isLocal() {
        return switch (this) {
            case Local _ -> true;
            case Composite composite -> composite.policies().stream().anyMatch(PlacementPolicy::isLocal);
            case Any _, OnePerHost _, MaxPerHost _, MatchTag _, NoTag _, RuleBased _ -> false;
        };
    }
}
