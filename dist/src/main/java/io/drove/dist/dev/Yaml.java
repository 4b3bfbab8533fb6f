package io.drove.dist.dev;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/** Configuration as trees of maps, lists and scalars: read, laid over each other, written. */
final class Yaml {
    private Yaml() {}

    /** A document whose top is a mapping; an empty one is an empty map. */
    static Map<String, Object> read(String text, String fileName) {
        Object document = new Load(LoadSettings.builder().setLabel(fileName).build()).loadFromString(text);
        if (document == null) {
            return Map.of();
        }
        if (!(document instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(fileName + ": the document must be a mapping");
        }
        return stringKeys(map);
    }

    /** The base with the overlay's values in it: mappings are merged, anything else is replaced. */
    static Map<String, Object> overlay(Map<String, Object> base, Map<String, Object> overlay) {
        Map<String, Object> merged = new LinkedHashMap<>(base);
        overlay.forEach((key, value) -> {
            @Nullable Object below = merged.get(key);
            merged.put(
                    key,
                    below instanceof Map<?, ?> low && value instanceof Map<?, ?> high
                            ? overlay(stringKeys(low), stringKeys(high))
                            : value);
        });
        return merged;
    }

    /** The mapping under that key; empty if there is none. */
    static Map<String, Object> section(Map<String, Object> document, String key) {
        return document.get(key) instanceof Map<?, ?> map ? stringKeys(map) : Map.of();
    }

    static String write(Map<String, Object> document) {
        StringBuilder text = new StringBuilder();
        mapping(text, "", document);
        return text.toString();
    }

    private static void mapping(StringBuilder text, String indent, Map<?, ?> map) {
        map.forEach((key, value) -> {
            text.append(indent).append(key).append(':');
            value(text, indent + "  ", value);
        });
    }

    private static void value(StringBuilder text, String indent, @Nullable Object value) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            text.append('\n');
            mapping(text, indent, map);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            text.append('\n');
            for (Object item : list) {
                text.append(indent).append("- ").append(scalar(item)).append('\n');
            }
        } else {
            text.append(' ').append(scalar(value)).append('\n');
        }
    }

    /** JSON is YAML: it quotes what needs quotes. */
    private static String scalar(@Nullable Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }

    private static Map<String, Object> stringKeys(Map<?, ?> map) {
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> result.put(String.valueOf(key), value));
        return result;
    }
}
