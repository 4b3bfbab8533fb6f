package io.drove.model.wire;

import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPolicy.Composite.Combiner;
import io.drove.model.placement.PlacementPolicy.RuleBased.Language;
import io.drove.model.placement.PlacementPreference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads placement policies (reference 4.7), and preferences, which are ours. */
final class PlacementDecoder {
    static final String BASE = "PlacementPolicy";

    static final String PREFERENCE = "PlacementPreference";

    private static final List<String> PREFERENCES = List.of("AWAY_FROM", "SPREAD_OVER");
    private static final List<String> TYPES =
            List.of("ANY", "COMPOSITE", "LOCAL", "MATCH_TAG", "MAX_N_PER_HOST", "NO_TAG", "ONE_PER_HOST", "RULE_BASED");
    /** Those that an app can be placed by. */
    private static final List<String> PLACED =
            List.of("ANY", "COMPOSITE", "MATCH_TAG", "MAX_N_PER_HOST", "NO_TAG", "ONE_PER_HOST");

    private static final Range PER_HOST = Range.of(1, 64)
            .saying("- Min one hose needs to be specified", "- Maximum 64 containers can be specified per host");

    private PlacementDecoder() {}

    static @Nullable PlacementPolicy policy(TreeReader policy) {
        int count = count(policy.node());
        if (count > DocumentLimits.POLICIES_MAX) {
            policy.findings()
                    .constraint(
                            policy.path(),
                            "has too many policies",
                            Integer.toString(count),
                            "at most " + DocumentLimits.POLICIES_MAX + ", those inside others included");
        }
        return policy(policy, 1);
    }

    /** Policies of the whole tree. */
    private static int count(JsonNode root) {
        Deque<JsonNode> open = new ArrayDeque<>();
        open.add(root);
        int count = 0;
        for (JsonNode next = open.poll(); next != null; next = open.poll()) {
            count++;
            JsonNode inner = next.get("policies");
            if (inner != null && inner.isArray()) {
                open.addAll(inner.values());
            }
        }
        return count;
    }

    private static @Nullable PlacementPolicy policy(TreeReader policy, int depth) {
        return switch (policy.type(BASE, TYPES, "")) {
            case "ANY" -> policy.build(PlacementPolicy.Any::new);
            case "ONE_PER_HOST" -> policy.build(PlacementPolicy.OnePerHost::new);
            case "NO_TAG" -> policy.build(PlacementPolicy.NoTag::new);
            case "MAX_N_PER_HOST" -> {
                int max = policy.whole("max", 0, PER_HOST);
                yield policy.build(() -> new PlacementPolicy.MaxPerHost(max));
            }
            case "MATCH_TAG" -> {
                String tag = policy.text("tag", "- Tag is mandatory");
                yield policy.build(() -> new PlacementPolicy.MatchTag(tag));
            }
            case "RULE_BASED" -> {
                String rule = policy.text("rule", "- Specify a rule to select/reject node based");
                Language language = policy.choice("ruleType", Language.class, TreeReader.NOT_NULL);
                refuseRule(policy);
                yield policy.build(() -> new PlacementPolicy.RuleBased(rule, language));
            }
            case "LOCAL" -> {
                boolean hostLevel = policy.flag("hostLevel", false);
                yield policy.build(() -> new PlacementPolicy.Local(hostLevel));
            }
            case "COMPOSITE" -> composite(policy, depth);
            case String _ -> null;
        };
    }

    /** Nothing evaluates rules yet: such an app would be accepted and never placed. */
    private static void refuseRule(TreeReader policy) {
        policy.findings()
                .add(new Problem(
                        Problem.Kind.COMMAND_VALIDATION_FAILURE,
                        policy.pathOf("type"),
                        "Rule-based placement is not supported yet; give executors tags and choose them by MATCH_TAG",
                        Coercion.quote("RULE_BASED"),
                        PLACED.toString(),
                        ""));
    }

    static @Nullable PlacementPreference preference(TreeReader preference) {
        return switch (preference.type(PREFERENCE, PREFERENCES, "")) {
            case "SPREAD_OVER" -> {
                String label = preference.text("label", "- Label is mandatory");
                yield preference.build(() -> new PlacementPreference.SpreadOver(label));
            }
            case "AWAY_FROM" -> {
                List<String> apps = preference.texts("apps", DocumentLimits.LIST_MAX);
                if (preference.isMissingOrEmpty("apps")) {
                    preference.violated("apps", "- Specify one or more apps to stay away from", "", "");
                }
                yield preference.build(() -> new PlacementPreference.AwayFrom(apps));
            }
            case String _ -> null;
        };
    }

    private static @Nullable PlacementPolicy composite(TreeReader policy, int depth) {
        if (depth >= DocumentLimits.POLICY_DEPTH_MAX) {
            policy.violated(
                    "policies", "is nested too deeply", "", "at most " + DocumentLimits.POLICY_DEPTH_MAX + " levels");
            return null;
        }
        List<PlacementPolicy> policies = policy.variants("policies", BASE, inner -> policy(inner, depth + 1));
        if (policy.isMissingOrEmpty("policies")) {
            policy.violated("policies", "- Specify one or more policies to combine", "", "");
        }
        Combiner combiner = policy.choiceOr("combiner", Combiner.class, Combiner.AND);
        return policy.build(() -> new PlacementPolicy.Composite(policies, combiner));
    }
}
