package io.drove.platform.time;

import java.time.Duration;

/**
 * One reading of both clocks.
 *
 * @param monotonicNanos nanoseconds since an arbitrary origin of this process; only differences mean anything, and may wrap
 * @param wallMillis milliseconds since 1970-01-01T00:00Z; may jump either way when the machine's clock is set
 */
public record Moment(long monotonicNanos, long wallMillis) {
    /** How much later this moment is than {@code earlier}, by the monotonic clock. */
    public Duration since(Moment earlier) {
        return Duration.ofNanos(monotonicNanos - earlier.monotonicNanos);
    }
}
