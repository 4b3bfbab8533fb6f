package io.drove.model.wire;

import io.drove.model.placement.PlacementPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What must hold between the fields of a spec, and what the cluster's options say of it. Works on the tree, so that a mistake in one field
 * does not hide another; stays silent where the field it needs is missing, which was told already.
 */
final class SpecChecks {
    private final TreeReader spec;
    private final Findings findings;
    private final SpecRules rules;

    SpecChecks(TreeReader spec, SpecRules rules) {
        this.spec = spec;
        this.findings = spec.findings();
        this.rules = rules;
    }

    void check(List<String> args, @Nullable PlacementPolicy placement) {
        checkResources();
        checkPorts();
        checkVolumes();
        checkConfigs();
        checkArgs(args);
        checkPreferences();
        if (isFilled("devices") && !rules.enableRawDeviceAccess()) {
            findings.rule(
                    spec.pathOf("devices"),
                    "Device access is disabled. To enable, set enableRawDeviceAccess: true in controller options.",
                    "");
        }
        if (placement != null && placement.isLocal()) {
            findings.rule(spec.pathOf("placementPolicy"), "Local service placement is not allowed for apps", "");
        }
    }

    private boolean isFilled(String list) {
        return !elements(list).isEmpty();
    }

    private List<JsonNode> elements(String list) {
        JsonNode value = spec.field(list);
        // Beyond the limit the list was refused as a whole; looking at each element would only be work.
        return value != null && value.isArray() && value.size() <= DocumentLimits.LIST_MAX
                ? List.copyOf(value.values())
                : List.of();
    }

    private static String textOf(@Nullable JsonNode object, String field) {
        JsonNode value = object == null ? null : object.get(field);
        return value == null || !value.isValueNode() || value.isNull() ? "" : value.asString();
    }

    private void checkResources() {
        List<JsonNode> resources = elements("resources");
        if (resources.isEmpty()) {
            return;
        }
        if (!isAnyOfType("CPU", resources)) {
            findings.rule(spec.pathOf("resources"), "Cpu requirements are mandatory", "");
        }
        if (!isAnyOfType("MEMORY", resources)) {
            findings.rule(spec.pathOf("resources"), "Memory requirements are mandatory", "");
        }
    }

    private static boolean isAnyOfType(String type, List<JsonNode> elements) {
        for (JsonNode element : elements) {
            if (textOf(element, "type").equals(type)) {
                return true;
            }
        }
        return false;
    }

    private void checkPorts() {
        Map<String, Integer> names = new LinkedHashMap<>();
        Map<String, String> takenBy = new LinkedHashMap<>();
        List<JsonNode> ports = elements("exposedPorts");
        for (int i = 0; i < ports.size(); i++) {
            String name = textOf(ports.get(i), "name");
            if (name.isEmpty()) {
                continue;
            }
            Place port = spec.place().field("exposedPorts").element(i);
            Integer first = names.putIfAbsent(name, i);
            if (first != null) {
                findings.rule(
                        port.field("name").toString(),
                        "port name " + Coercion.shorten(name) + " declared twice in "
                                + Coercion.shorten(textOf(spec.node(), "name"))
                                + "; give each port its own name",
                        "");
            }
            String number = textOf(ports.get(i), "port");
            String other = number.isEmpty() ? null : takenBy.putIfAbsent(number + protocol(ports.get(i)), name);
            if (other != null) {
                findings.warn(port.field("port") + " " + Coercion.shorten(number) + " is declared as "
                        + Coercion.shorten(other) + " already");
            }
        }
        if (names.isEmpty()) {
            return;
        }
        List<String> available = new ArrayList<>(names.keySet());
        checkPortOf("healthcheck", available);
        checkPortOf("readiness", available);
        checkHooks(available);
        checkExposure(available);
    }

    private static String protocol(JsonNode port) {
        return textOf(port, "type").equalsIgnoreCase("UDP") ? "/udp" : "/tcp";
    }

    private void checkPortOf(String check, List<String> available) {
        JsonNode value = spec.field(check);
        checkMode(
                value == null ? null : value.get("mode"),
                spec.place().field(check).field("mode"),
                available);
    }

    private void checkHooks(List<String> available) {
        JsonNode preShutdown = spec.field("preShutdown");
        JsonNode hooks = preShutdown == null ? null : preShutdown.get("hooks");
        for (int i = 0; hooks != null && hooks.isArray() && i < Math.min(hooks.size(), DocumentLimits.LIST_MAX); i++) {
            checkMode(
                    hooks.get(i),
                    spec.place().field("preShutdown").field("hooks").element(i),
                    available);
        }
    }

    private void checkMode(@Nullable JsonNode mode, Place place, List<String> available) {
        String port = textOf(mode, "portName");
        if (textOf(mode, "type").equals("HTTP") && !port.isEmpty() && !available.contains(port)) {
            findings.rule(
                    place.field("portName").toString(),
                    "Invalid port name for health check: " + Coercion.shorten(port) + ". Available ports: "
                            + printed(available),
                    findings.nearest(port, available));
        }
    }

    private void checkExposure(List<String> available) {
        String port = textOf(spec.field("exposureSpec"), "portName");
        if (!port.isEmpty() && !available.contains(port)) {
            findings.rule(
                    spec.pathOf("exposureSpec.portName"),
                    "Exposed port name " + Coercion.shorten(port) + " is undefined. Defined port names: "
                            + printed(available),
                    findings.nearest(port, available));
        }
    }

    private static List<String> printed(List<String> names) {
        return names.stream().map(Coercion::shorten).toList();
    }

    private void checkVolumes() {
        List<JsonNode> volumes = elements("volumes");
        for (int i = 0; i < volumes.size(); i++) {
            String path = textOf(volumes.get(i), "pathOnHost");
            if (!path.isEmpty() && !MountRule.allows(rules.allowedMountDirs(), path)) {
                findings.add(new Problem(
                        Problem.Kind.COMMAND_VALIDATION_FAILURE,
                        spec.pathOf("volumes[" + i + "].pathOnHost"),
                        "Volume mount requested on non whitelisted host directory: " + Coercion.shorten(path),
                        "",
                        "below " + rules.allowedMountDirs(),
                        ""));
            }
        }
    }

    /** Each name once: the second has no effect and costs as much as the first. */
    private void checkPreferences() {
        Set<String> labels = new HashSet<>();
        Set<String> apps = new HashSet<>();
        int named = 0;
        List<JsonNode> preferences = elements("placementPreferences");
        if (preferences.size() > DocumentLimits.PREFERENCES_MAX) {
            return;
        }
        for (int i = 0; i < preferences.size(); i++) {
            String path = spec.pathOf("placementPreferences[" + i + "]");
            checkOnce(path + ".label", textOf(preferences.get(i), "label"), labels);
            JsonNode away = preferences.get(i).get("apps");
            for (int j = 0; away != null && away.isArray() && j < Math.min(away.size(), DocumentLimits.LIST_MAX); j++) {
                JsonNode app = away.get(j);
                named++;
                checkOnce(path + ".apps[" + j + "]", app.isValueNode() ? app.asString() : "", apps);
            }
        }
        if (named > DocumentLimits.AWAY_FROM_MAX) {
            findings.constraint(
                    spec.pathOf("placementPreferences"),
                    "name too many apps to stay away from",
                    Integer.toString(named),
                    "at most " + DocumentLimits.AWAY_FROM_MAX + " in all of them together");
        }
    }

    private void checkOnce(String path, String name, Set<String> seen) {
        if (!name.isEmpty() && !seen.add(name)) {
            findings.constraint(path, "is named twice", Coercion.quote(name), "each name once");
        }
    }

    private void checkConfigs() {
        List<JsonNode> configs = elements("configs");
        for (int i = 0; i < configs.size(); i++) {
            String path = textOf(configs.get(i), "filePathOnHost");
            boolean isLocal = textOf(configs.get(i), "type").equals("EXECUTOR_LOCAL_FILE");
            if (isLocal && !path.isEmpty() && !MountRule.allows(rules.allowedConfigDirs(), path)) {
                findings.add(new Problem(
                        Problem.Kind.COMMAND_VALIDATION_FAILURE,
                        spec.pathOf("configs[" + i + "].filePathOnHost"),
                        "Config file requested from non whitelisted host directory: " + Coercion.shorten(path),
                        "",
                        "below " + rules.allowedConfigDirs(),
                        ""));
            }
        }
    }

    private void checkArgs(List<String> args) {
        if (args.isEmpty()) {
            return;
        }
        if (rules.disableCmdlArgs()) {
            findings.rule(spec.pathOf("args"), "Passing command line to containers is disabled on this cluster", "");
        }
        long characters = args.stream().mapToLong(String::length).sum() + args.size() - 1;
        if (characters > DocumentLimits.ARGS_MAX) {
            findings.add(new Problem(
                    Problem.Kind.COMMAND_VALIDATION_FAILURE,
                    spec.pathOf("args"),
                    "Maximum combined length of command line arguments can be " + DocumentLimits.ARGS_MAX,
                    characters + " characters",
                    "",
                    ""));
        }
    }
}
