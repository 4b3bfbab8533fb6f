package io.drove.platform.security;

import org.jspecify.annotations.Nullable;

/**
 * A user as configured.
 *
 * @param password plain text or a bcrypt hash, as the store's encoding says
 * @param role null: may read everything but logs
 */
public record User(
        String username, Secret password, @Nullable Role role) {
    private static final int MAX = 255;

    public User {
        requireLength("username", username.length());
        requireLength("password", password.reveal().length());
        if (username.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a username must not contain a colon: " + username);
        }
    }

    private static void requireLength(String what, int length) {
        if (length < 1 || length > MAX) {
            throw new IllegalArgumentException(what + " needs 1 to " + MAX + " characters, has " + length);
        }
    }
}
