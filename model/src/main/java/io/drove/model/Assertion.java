package io.drove.model;

import com.google.errorprone.annotations.FormatMethod;
import org.jspecify.annotations.Nullable;

/** Assertions for what only a bug can cause; they stay on in production. */
public final class Assertion {
    private Assertion() {}

    /** Fails with {@code message} (a {@link String#format} pattern) when {@code condition} does not hold. */
    @FormatMethod
    public static void require(boolean condition, String message, @Nullable Object... arguments) {
        if (!condition) {
            throw new IllegalArgumentException(String.format(message, arguments));
        }
    }
}
