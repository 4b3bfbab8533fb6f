package io.drove.cli.line;

/** The command line, its environment or a file named by it is wrong; nothing was sent. */
public final class UsageException extends RuntimeException {
    public UsageException(String message) {
        super(message);
    }
}
