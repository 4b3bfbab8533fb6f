package io.drove.client;

import java.util.List;

/** A call that did not bring what was asked for: {@link #kind} says who must act, {@link #getMessage} what was found. */
public final class CallFailedException extends RuntimeException {

    /** Why a call failed. */
    public enum Kind {
        /** The controller understood and said no: not found, not valid, not now. */
        REFUSED(false),
        /** The credentials are missing or wrong (401). */
        UNAUTHENTICATED(false),
        /** The credentials are right, but this user may not do that (403). */
        FORBIDDEN(false),
        /** Nobody answered: no such host, refused, silent, or TLS failed. */
        UNREACHABLE(true),
        /** Controllers answered, but none leads. */
        NO_LEADER(true),
        /** Something answered that is not a Drove controller, or a controller in trouble (5xx). */
        UNREADABLE(true);

        private final boolean retryable;

        Kind(boolean retryable) {
            this.retryable = retryable;
        }
    }

    private final Kind kind;
    private final transient Details details;

    /**
     * What the answer said.
     *
     * @param httpStatus 0 when there was no answer
     * @param status the envelope's status, empty when there was no envelope
     * @param validationErrors every mistake that was found, in the order of the answer
     */
    public record Details(int httpStatus, String status, List<String> validationErrors, List<String> warnings) {
        static final Details NONE = new Details(0, "", List.of(), List.of());

        public Details {
            validationErrors = List.copyOf(validationErrors);
            warnings = List.copyOf(warnings);
        }
    }

    CallFailedException(Kind kind, String message, Details details) {
        super(message);
        this.kind = kind;
        this.details = details;
    }

    CallFailedException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.details = Details.NONE;
    }

    /** Who must act. */
    public Kind kind() {
        return kind;
    }

    /** What the answer said, as far as there was one. */
    public Details details() {
        return details;
    }

    /** Whether the same call may succeed later without anybody changing it. */
    public boolean isRetryable() {
        return kind.retryable;
    }
}
