package io.drove.executor.logs;

import java.time.Instant;
import java.util.Optional;

/** How far the output of one source is copied: up to the engine's timestamp, which never goes back within a source, and how many pieces carry it. */
final class Copied {
    private static final String NOTHING = "-";

    private String timestamp;
    private int sameStamp;
    private boolean isResuming;
    /** Pieces of the resumed timestamp that are copied already. */
    private int toSkip;

    private Copied(String timestamp, int sameStamp) {
        this.timestamp = timestamp;
        this.sameStamp = sameStamp;
    }

    static Copied nothing() {
        return new Copied(NOTHING, 0);
    }

    static Copied read(String timestamp, String sameStamp) {
        return new Copied(timestamp, Integer.parseInt(sameStamp));
    }

    Optional<Instant> time() {
        return timestamp.equals(NOTHING) ? Optional.empty() : Optional.of(Instant.parse(timestamp));
    }

    /** What was copied may come again from now on. */
    void resume() {
        isResuming = !timestamp.equals(NOTHING);
        toSkip = sameStamp;
    }

    /** Whether the next piece is copied already. */
    boolean has(String stamp) {
        if (!isResuming) {
            return false;
        }
        int order = stamp.equals(timestamp) ? 0 : Instant.parse(stamp).compareTo(Instant.parse(timestamp));
        if (order < 0) {
            return true;
        }
        if (order == 0 && toSkip > 0) {
            toSkip--;
            return true;
        }
        isResuming = false;
        return false;
    }

    /** The next piece is copied. */
    void add(String stamp) {
        sameStamp = stamp.equals(timestamp) ? sameStamp + 1 : 1;
        timestamp = stamp;
    }

    /** As it is written down. */
    String words() {
        return timestamp + " " + sameStamp;
    }
}
