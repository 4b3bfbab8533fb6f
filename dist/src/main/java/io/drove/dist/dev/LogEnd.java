package io.drove.dist.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Shows the last words of the servers when one of them has died at its start. */
final class LogEnd {
    private static final int LINES = 12;

    private LogEnd() {}

    static void print(DevDirectory directory, Progress progress) throws IOException {
        for (String server : List.of(ServerConfiguration.CONTROLLER, ServerConfiguration.EXECUTOR)) {
            Path log = directory.log(server);
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            progress.say("--- the end of " + log);
            lines.subList(Math.max(0, lines.size() - LINES), lines.size()).forEach(progress::say);
        }
    }
}
