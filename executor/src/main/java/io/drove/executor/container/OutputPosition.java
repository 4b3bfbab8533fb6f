package io.drove.executor.container;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** From which time on output is wanted, pieces of that very time included; null for all. */
public record OutputPosition(@Nullable Instant since) {
    public static final OutputPosition START = new OutputPosition(null);

    /** What the engine is asked for: seconds since 1970 with nanoseconds; empty for all. */
    String query() {
        return since == null
                ? ""
                : String.format(Locale.ROOT, "&since=%d.%09d", since.getEpochSecond(), since.getNano());
    }
}
