package io.drove.platform.journal;

import org.jspecify.annotations.Nullable;

/** A batch was not acknowledged. The outcome says what may be known about it. */
public final class JournalException extends RuntimeException {
    /** What became of the batch. */
    public enum Outcome {
        /** It is not in the log and never will be; it may be decided again. */
        NOT_APPENDED,
        /** It may commit later, or not: rebuild from the log before deciding on. */
        UNKNOWN
    }

    private final Outcome outcome;

    public JournalException(Outcome outcome, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    public Outcome outcome() {
        return outcome;
    }

    static JournalException notAppended(String message) {
        return new JournalException(Outcome.NOT_APPENDED, message, null);
    }
}
