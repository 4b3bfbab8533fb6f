package io.drove.model.wire;

/** The rule for names of apps, versions and ports. */
final class Names {
    private Names() {}

    /** Notes a problem when {@code value}, read from {@code field}, is no name; an empty one was told already. */
    static void check(TreeReader reader, String field, String value) {
        if (!isOfNameLetters(value)) {
            reader.violated(
                    field, "- Only characters, numbers, hyphen and underscore is allowed", Coercion.quote(value), "");
        } else if (value.length() > DocumentLimits.NAME_MAX) {
            reader.violated(
                    field, "size must be between 1 and " + DocumentLimits.NAME_MAX, value.length() + " characters", "");
        }
    }

    /** By hand, since every spec that is read has several. */
    private static boolean isOfNameLetters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            boolean isOne = (letter >= 'a' && letter <= 'z')
                    || (letter >= 'A' && letter <= 'Z')
                    || (letter >= '0' && letter <= '9')
                    || letter == '-'
                    || letter == '_';
            if (!isOne) {
                return false;
            }
        }
        return true;
    }
}
