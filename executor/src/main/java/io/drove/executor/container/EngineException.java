package io.drove.executor.container;

/** The engine did not do what it was asked. */
public final class EngineException extends Exception {
    /** Why, as far as a caller acts on it. */
    public enum Code {
        /** There is no socket: the engine is not installed, or was never started. */
        ABSENT,
        /** There is a socket and nobody answers: the engine is dead. */
        DEAD,
        /** The answer did not come in time. */
        TIMEOUT,
        /** The connection broke in the midst of an answer. */
        BROKEN,
        NOT_FOUND,
        /** The thing is there already, or in a state that does not allow it. */
        CONFLICT,
        /** Somebody else listens on a host port. */
        PORT_TAKEN,
        /** The engine does not accept what was asked. */
        REFUSED,
        /** The engine tried and failed. */
        FAILED
    }

    private final Code code;
    private final boolean worthRetry;
    private final int port;

    EngineException(Code code, boolean worthRetry, String message) {
        this(code, worthRetry, 0, message);
    }

    EngineException(Code code, boolean worthRetry, int port, String message) {
        super(message);
        this.code = code;
        this.worthRetry = worthRetry;
        this.port = port;
    }

    public Code code() {
        return code;
    }

    /** Whether the same call may work later. */
    public boolean isWorthRetry() {
        return worthRetry;
    }

    /** The host port that is taken, or 0. */
    public int takenPort() {
        return port;
    }

    /** Whether the engine itself cannot be spoken to, so that nothing was learned about the container. */
    public boolean isEngineAway() {
        return switch (code) {
            case ABSENT, DEAD, TIMEOUT, BROKEN -> true;
            case NOT_FOUND, CONFLICT, PORT_TAKEN, REFUSED, FAILED -> false;
        };
    }
}
