package io.drove.cli.follow;

import io.drove.cli.process.Pace;
import java.time.Duration;

/** The pauses between questions about something that takes a while: short at first, growing to a second, until the time is up. */
final class Patience {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Pace pace;
    private final Duration timeout;
    private final long start;
    private Duration next = FIRST;

    Patience(Pace pace, Duration timeout) {
        this.pace = pace;
        this.timeout = timeout;
        this.start = pace.nanos();
    }

    /** Waits; false when there should be no further question: the time would be up, or the user wants no more. */
    boolean pause() {
        Duration length = next;
        next = length.multipliedBy(3).dividedBy(2);
        next = next.compareTo(LONGEST) > 0 ? LONGEST : next;
        return spent().plus(length).compareTo(timeout) <= 0 && pace.pause(length);
    }

    /** Whether the time is up. */
    boolean isOver() {
        return spent().compareTo(timeout) > 0;
    }

    /** For how long it has been waited, for the end of a line. */
    String shown() {
        return " (" + spent().toSeconds() + " s)";
    }

    private Duration spent() {
        return Duration.ofNanos(pace.nanos() - start);
    }
}
