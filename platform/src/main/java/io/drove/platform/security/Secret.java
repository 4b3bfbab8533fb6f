package io.drove.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Text that must not be seen: it prints {@code ***}, compares in constant time, and is told only to who asks by {@link #reveal}. */
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The text itself. Each call is a place to look at in a review. */
    public String reveal() {
        return text;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** Whether the other text is the same, taking a time that does not depend on where they differ. */
    public boolean matches(String other) {
        return MessageDigest.isEqual(bytes(text), bytes(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && matches(secret.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
