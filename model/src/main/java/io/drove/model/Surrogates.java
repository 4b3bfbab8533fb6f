package io.drove.model;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Text as UTF-8 can carry it. JSON can spell half of a surrogate pair, and a cut can make one; who writes it as bytes fails or sends something else.
 */
public final class Surrogates {
    private Surrogates() {}

    /** Whether no half stands alone. */
    public static boolean arePaired(String text) {
        boolean isHalf = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (Character.isLowSurrogate(letter) != isHalf) {
                return false;
            }
            isHalf = Character.isHighSurrogate(letter);
        }
        return !isHalf;
    }

    /** The text, with a question mark for each half that stands alone. */
    public static String mended(String text) {
        return arePaired(text) ? text : new String(text.getBytes(UTF_8), UTF_8);
    }

    /** The first characters of a text, or one less where the last would be half a pair. */
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
