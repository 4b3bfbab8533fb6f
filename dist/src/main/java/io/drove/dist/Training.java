package io.drove.dist;

import io.drove.cli.process.Environment;
import java.util.List;

/**
 * Typical runs, recorded when the image is built: what they load and link comes ready-made from the AOT cache at later starts.
 * Fails are part of it, since there is no cluster to talk to.
 */
public final class Training {
    // Nothing listens on the discard port; the refusal comes at once.
    private static final List<List<String>> COMMANDS = List.of(
            List.of("--version"),
            List.of("--endpoint", "http://127.0.0.1:9", "apps", "list"),
            List.of("dev", "status", "--data-dir", "/nonexistent"));

    private Training() {}

    public static void main(String[] names) {
        for (List<String> command : COMMANDS) {
            Main.run(command.toArray(String[]::new), Environment.ofProcess());
        }
    }
}
