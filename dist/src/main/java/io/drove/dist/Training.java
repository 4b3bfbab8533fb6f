package io.drove.dist;

import io.drove.cli.process.Environment;
import java.util.List;

/**
 * Typical runs, recorded when the image is built: what they load and link comes ready-made from the AOT cache at later starts.
 * Failures are part of it, since there is no cluster to talk to.
 */
public final class Training {
    // Nothing listens on the discard port; the refusal comes at once.
    private static final List<List<String>> COMMANDS = List.of(
            List.of("--version"),
            List.of("--endpoint", "http://127.0.0.1:9", "apps", "list"),
            List.of("dev", "status", "--data-dir", "/nonexistent"),
            List.of("dev", "stop", "--data-dir", "/nonexistent"),
            // A supervisor whose servers die at once; its data directory is the build's own.
            List.of("dev", "--no-install", "--no-sample", "--port-offset", "8900"));

    private Training() {}

    /** Records the run of that name: {@code cli} or {@code server}. */
    public static void main(String[] names) throws Exception {
        switch (names[0]) {
            case "cli" -> {
                for (List<String> command : COMMANDS) {
                    Main.run(command.toArray(String[]::new), Environment.ofProcess());
                }
            }
            case "server" -> {
                Main.run(new String[] {"server", "--help"}, Environment.ofProcess());
                ServerTraining.run();
            }
            default -> throw new IllegalArgumentException("no training run is called " + names[0]);
        }
        System.exit(0);
    }
}
