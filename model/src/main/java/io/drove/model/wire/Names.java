package io.drove.model.wire;

import java.util.regex.Pattern;

/** The rule for names of apps, versions and ports. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z\\d\\-_]*");

    private Names() {}

    /** Notes a problem when {@code value}, read from {@code field}, is no name; an empty one was told already. */
    static void check(TreeReader reader, String field, String value) {
        if (!NAME.matcher(value).matches()) {
            reader.violated(
                    field, "- Only characters, numbers, hyphen and underscore is allowed", Coercion.quote(value), "");
        } else if (value.length() > DocumentLimits.NAME_MAX) {
            reader.violated(
                    field, "size must be between 1 and " + DocumentLimits.NAME_MAX, value.length() + " characters", "");
        }
    }
}
