package io.drove.bench.cluster;

import io.drove.bench.watch.Await;
import io.drove.bench.watch.MeasurementFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./drove} as whole processes.
 *
 * @param script the launcher
 * @param environment what its processes get beside ours
 * @param logs where their output goes
 */
public record Launcher(Path script, Map<String, String> environment, Path logs) {
    private static final int LINES_SHOWN = 15;

    public Launcher {
        environment = Map.copyOf(new TreeMap<>(environment));
    }

    /** The launcher that started us: the system property {@code drove.launcher}, else {@code DROVE_LAUNCHER}, else {@code ./drove}. */
    public static Path ofThisProcess() {
        String byEnvironment = System.getenv().getOrDefault("DROVE_LAUNCHER", "./drove");
        return Path.of(System.getProperty("drove.launcher", byEnvironment)).toAbsolutePath();
    }

    /** A process that ended well, and how long it took as a whole. */
    public record Finished(Duration time, String output) {}

    /**
     * Runs a command to its end.
     *
     * @throws MeasurementFailed when it does not end with 0 in time; carries the end of its output
     */
    public Finished run(Duration limit, String... words) throws InterruptedException {
        String what = "drove " + String.join(" ", words);
        Path log = logs.resolve(String.join("-", words).replaceAll("[^a-zA-Z0-9-]+", "_") + ".out");
        long start = System.nanoTime();
        Process process = start(log, words);
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new MeasurementFailed(what + " did not end within " + limit.toSeconds() + " s:\n" + end(log));
        }
        Duration time = Await.since(start);
        if (process.exitValue() != 0) {
            throw new MeasurementFailed(what + " ended with " + process.exitValue() + ":\n" + end(log));
        }
        return new Finished(time, text(log));
    }

    /** Starts a command that goes on. */
    public Process start(Path log, String... words) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new MeasurementFailed("cannot run " + script + "; DROVE_LAUNCHER names another one", e);
        }
    }

    private static String end(Path log) {
        List<String> lines = text(log).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    private static String text(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new MeasurementFailed("cannot read " + log, e);
        }
    }
}
