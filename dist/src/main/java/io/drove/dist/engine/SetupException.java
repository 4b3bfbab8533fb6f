package io.drove.dist.engine;

/** The machine lacks something that we must not, or could not, put right; the message says what to do. */
public final class SetupException extends RuntimeException {
    public SetupException(String message) {
        super(message);
    }
}
