package io.drove.cli.process;

import java.time.Duration;

/** Time, for loops that ask again and again. */
public interface Pace {
    /** Monotonic time. */
    long nanos();

    /** Waits; false when the loop should end instead of asking again. */
    boolean pause(Duration length);
}
