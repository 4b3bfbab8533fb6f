package io.drove.platform.time;

/** Where a shell reads the time. Implementations are safe for use by many threads. */
@FunctionalInterface
public interface Clock {
    /** Both clocks, read at once. */
    Moment read();
}
