package io.drove.controller.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whether an answer is what the original said: the same fields with the same types, and the same words where words count. More fields are welcome; ids, times, ports, hosts
 * and the order of errors are not looked at; class names of Java are cut out of phrases, and our longer messages have the original's first.
 */
final class Likeness {
    private static final Set<String> WORDS = Set.of(
            "status",
            "message",
            "state",
            "type",
            "portType",
            "transportType",
            "name",
            "appName",
            "appId",
            "vhost",
            "leader",
            "data");

    private final List<String> differences = new ArrayList<>();

    static List<String> differences(JsonNode expected, JsonNode actual) {
        Likeness likeness = new Likeness();
        likeness.compare("", "", expected, actual);
        return likeness.differences;
    }

    private void compare(String path, String name, JsonNode expected, JsonNode actual) {
        if (expected.getNodeType() != actual.getNodeType()) {
            differences.add(path + ": wanted " + expected + ", found " + actual);
        } else if (expected.isObject()) {
            for (String field : expected.propertyNames()) {
                compare(path + "." + field, field, expected.get(field), actual.path(field));
            }
        } else if (name.equals("validationErrors")) {
            for (JsonNode phrase : expected) {
                String core = withoutClasses(phrase.asString());
                boolean isThere = actual.valueStream()
                        .anyMatch(found -> withoutClasses(found.asString()).startsWith(core));
                if (!isThere) {
                    differences.add(path + ": wanted " + phrase + " among " + actual);
                }
            }
        } else if (expected.isArray()) {
            if (expected.size() != actual.size()) {
                differences.add(path + ": wanted " + expected.size() + " entries, found " + actual);
            }
            for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
                compare(path + "[" + i + "]", name, expected.get(i), actual.get(i));
            }
        } else if (WORDS.contains(name) && !expected.equals(actual)) {
            differences.add(path + ": wanted " + expected + ", found " + actual);
        }
    }

    /** {@code `com.phonepe.x.Y`} is not ours to repeat, nor what stands behind it in brackets. */
    private static String withoutClasses(String phrase) {
        return phrase.replaceAll("`?com\\.[a-zA-Z0-9_.]+`?", "`?`")
                .replaceAll("(subtype of|value of type) `[^`]+`", "$1 `?`")
                .replaceAll(" \\(for POJO.*", "")
                .replaceAll("\\(for subtype of.*", "");
    }
}
