package io.drove.executor.logs;

/** A log that cannot be read, in the original's words. */
public final class LogReadException extends Exception {
    LogReadException(String message) {
        super(message);
    }
}
