package io.drove.platform.security;

import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, after authentication.
 *
 * @param name for the audit log
 * @param role null for a user without one, who may read everything but logs
 */
public record Caller(String name, @Nullable Role role) {
    /** Whether this caller may do what asks for {@code needed}. */
    public boolean may(Role needed) {
        return role != null && role.includes(needed);
    }
}
