package io.drove.platform.journal;

import java.util.function.LongSupplier;

/** Turns what Ratis tells from several threads into calls that never overlap, with terms that only grow. */
final class Leadership {
    private static final long NONE = -1;

    private final Journal.LeadershipListener listener;
    private long ended = NONE;
    private volatile long leading = NONE;

    Leadership(Journal.LeadershipListener listener) {
        this.listener = listener;
    }

    /** Whether this peer leads that very term, as far as it knows; the log is what decides. */
    boolean leads(long term) {
        return leading == term;
    }

    synchronized void begin(long term) {
        // The news of a beginning may come after that of its end.
        if (term > ended && term > leading) {
            leading = term;
            listener.leading(term);
        }
    }

    /** Ends whatever is led; {@code currentTerm} is the newest known then, so any later leadership has a greater one. */
    synchronized void end(LongSupplier currentTerm) {
        ended = Math.max(ended, Math.max(leading, currentTerm.getAsLong()));
        if (leading != NONE) {
            leading = NONE;
            listener.following();
        }
    }
}
