package io.drove.core.contract;

/**
 * The time of a decision, read once.
 *
 * @param nanos monotonic time since this leader's epoch began; leases, timeouts and deadlines run on it
 * @param wallMillis wall time in milliseconds since 1970; recorded and shown, never compared
 */
public record Now(long nanos, long wallMillis) {}
