package io.drove.executor.agent;

import java.time.Duration;

/** Whether the engine is heard, and since when. Safe for use by many threads. */
public final class EngineHealth {
    /** After the engine came back it takes a moment until all that it forwards is reachable again. */
    private static final Duration CONVALESCENCE = Duration.ofSeconds(5);

    private boolean isHeard;
    private boolean wasLost;
    private long heardSince;
    private String trouble = "not asked yet";

    synchronized void heard(long now) {
        isHeard = true;
        heardSince = now;
    }

    /** Whether that is news. */
    synchronized boolean lost(String reason) {
        boolean isNews = isHeard || !reason.equals(trouble);
        wasLost |= isHeard;
        isHeard = false;
        trouble = reason;
        return isNews;
    }

    public synchronized boolean isHeard() {
        return isHeard;
    }

    /** Why it is not heard. */
    public synchronized String trouble() {
        return trouble;
    }

    /**
     * Whether an instance that cannot be reached may be well: published ports go through processes of the engine, and are refused while it is
     * away although the containers run on.
     */
    synchronized boolean isInDoubt(long now) {
        return !isHeard || (wasLost && now - heardSince < CONVALESCENCE.toNanos());
    }
}
