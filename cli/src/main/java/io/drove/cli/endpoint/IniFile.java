package io.drove.cli.endpoint;

import io.drove.cli.line.UsageException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The original's configuration file: sections of {@code key = value}, a {@code [DEFAULT]} that all sections inherit, and {@code %(key)s} inside
 * values (Python's configparser). Keys know no case. Immutable.
 */
public final class IniFile {
    public static final String DEFAULT = "DEFAULT";
    private static final int DEEPEST_REFERENCE = 10;

    private final SequencedMap<String, SequencedMap<String, String>> sections;
    private final String name;

    private IniFile(String name, SequencedMap<String, SequencedMap<String, String>> sections) {
        this.name = name;
        this.sections = sections;
    }

    /** An empty file. */
    public static IniFile empty(String name) {
        return new IniFile(name, new LinkedHashMap<>());
    }

    /**
     * Reads a file's text.
     *
     * @param name how messages call it
     * @throws UsageException naming the line that is neither a section nor a key
     */
    public static IniFile parse(String name, String text) {
        SequencedMap<String, SequencedMap<String, String>> sections = new LinkedHashMap<>();
        SequencedMap<String, String> section = null;
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                section = sections.computeIfAbsent(line.substring(1, line.length() - 1), key -> new LinkedHashMap<>());
                continue;
            }
            int split = separator(line);
            if (section == null || split <= 0) {
                throw new UsageException(name + ", line " + number + ": found \"" + line
                        + "\"; wanted [section], key = value, or # and a comment");
            }
            section.put(
                    line.substring(0, split).strip().toLowerCase(Locale.ROOT),
                    line.substring(split + 1).strip());
        }
        return new IniFile(name, sections);
    }

    private static int separator(String line) {
        int equals = line.indexOf('=');
        int colon = line.indexOf(':');
        return equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
    }

    /** The sections as written, {@code DEFAULT} among them when it is there. */
    public SequencedMap<String, SequencedMap<String, String>> sections() {
        return sections;
    }

    /** Whether that section can be used: it is written, or it is {@code DEFAULT}. */
    public boolean has(String section) {
        return section.equals(DEFAULT) || sections.containsKey(section);
    }

    /** A section's value, or the inherited one, with its references resolved. */
    public Optional<String> value(String section, String key) {
        return raw(section, key).map(text -> resolve(section, text, 0));
    }

    private Optional<String> raw(String section, String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        Map<String, String> own = sections.getOrDefault(section, new LinkedHashMap<>());
        Map<String, String> inherited = sections.getOrDefault(DEFAULT, new LinkedHashMap<>());
        return Optional.ofNullable(own.getOrDefault(lower, inherited.get(lower)));
    }

    private String resolve(String section, String text, int depth) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        if (depth > DEEPEST_REFERENCE) {
            throw new UsageException(name + ", [" + section + "]: \"" + text + "\" refers to itself");
        }
        StringBuilder resolved = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = text.startsWith("%(", at) ? text.indexOf(")s", at) : -1;
            if (text.startsWith("%%", at)) {
                resolved.append('%');
                at += 2;
            } else if (end > 0) {
                String key = text.substring(at + 2, end);
                String value = raw(section, key)
                        .orElseThrow(() -> new UsageException(name + ", [" + section + "]: %(" + key
                                + ")s names no key of this section or of [DEFAULT]"));
                resolved.append(resolve(section, value, depth + 1));
                at = end + 2;
            } else if (text.charAt(at) == '%') {
                throw new UsageException(
                        name + ", [" + section + "]: a single % in \"" + text + "\"; write %% for a percent sign");
            } else {
                resolved.append(text.charAt(at++));
            }
        }
        return resolved.toString();
    }

    /** The same file with that value. */
    public IniFile with(String section, String key, String value) {
        SequencedMap<String, SequencedMap<String, String>> changed = copy();
        changed.computeIfAbsent(section, missing -> new LinkedHashMap<>()).put(key, value.replace("%", "%%"));
        return new IniFile(name, changed);
    }

    /** The same file without that key. */
    public IniFile withoutKey(String section, String key) {
        SequencedMap<String, SequencedMap<String, String>> changed = copy();
        if (changed.containsKey(section)) {
            changed.get(section).remove(key);
        }
        return new IniFile(name, changed);
    }

    /** The same file without that section. */
    public IniFile withoutSection(String section) {
        SequencedMap<String, SequencedMap<String, String>> changed = copy();
        changed.remove(section);
        return new IniFile(name, changed);
    }

    private SequencedMap<String, SequencedMap<String, String>> copy() {
        SequencedMap<String, SequencedMap<String, String>> copy = new LinkedHashMap<>();
        sections.forEach((section, values) -> copy.put(section, new LinkedHashMap<>(values)));
        return copy;
    }

    /** The text that reads back as this file; comments are not kept. */
    public String text() {
        StringBuilder text = new StringBuilder();
        sections.forEach((section, values) -> {
            text.append('[').append(section).append("]\n");
            values.forEach(
                    (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
            text.append('\n');
        });
        return text.toString();
    }
}
