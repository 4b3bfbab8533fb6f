package io.drove.cli.line;

import java.util.List;

/**
 * An option.
 *
 * @param names without the value, the long name first: {@code --sort}, {@code -s}
 * @param label what to call its value in the help; empty for a switch, which takes none
 * @param fallback the value when it is not given, empty for none
 * @param allowed the values to offer in help and completion; empty when any will do
 */
public record Flag(List<String> names, String label, String summary, String fallback, List<String> allowed) {
    public Flag {
        names = List.copyOf(names);
        allowed = List.copyOf(allowed);
    }

    /** An option that is there or not. */
    public static Flag toggle(String summary, String... names) {
        return new Flag(List.of(names), "", summary, "", List.of());
    }

    /** An option with a value. */
    public static Flag value(String label, String summary, String... names) {
        return new Flag(List.of(names), label, summary, "", List.of());
    }

    /** The same, with a value for when it is not given. */
    public Flag or(String value) {
        return new Flag(names, label, summary, value, allowed);
    }

    /** The same, with these values alone. */
    public Flag of(String... values) {
        return new Flag(names, label, summary, fallback, List.of(values));
    }

    /** What the code knows it by. */
    public String key() {
        return names.getFirst();
    }

    boolean isSwitch() {
        return label.isEmpty();
    }
}
