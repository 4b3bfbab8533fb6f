package io.drove.cli.command;

import java.io.IOException;

/** What a command does; it returns when the command succeeded and throws when it did not. */
@FunctionalInterface
public interface Action {
    void run(Context context) throws IOException;
}
