package io.drove.cli.command;

/** The command was understood and carried out as far as it could be, and its answer is no: exit code 1. */
public final class CommandFailedException extends RuntimeException {
    public CommandFailedException(String message) {
        super(message);
    }
}
