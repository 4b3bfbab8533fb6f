package io.drove.executor.container;

import java.time.Instant;
import java.util.Locale;

/** From where output is wanted: from the piece with this timestamp of the engine's on, that one included; empty for all. */
public record OutputPosition(String timestamp) {
    public static final OutputPosition START = new OutputPosition("");

    /** Seconds since 1970 with nanoseconds, as the engine takes it. */
    String unixTime() {
        Instant instant = Instant.parse(timestamp);
        return String.format(Locale.ROOT, "%d.%09d", instant.getEpochSecond(), instant.getNano());
    }
}
