package io.drove.bench;

import io.drove.bench.cluster.Launcher;
import io.drove.bench.engine.OwnEngine;
import io.drove.bench.run.RunOptions;
import io.drove.bench.watch.MeasurementFailed;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code drove bench run}: starts an engine in a network of its own, measures from a second process inside that network, and takes everything
 * away again, also when it fails or is interrupted.
 */
public final class RunBenchmark {
    private RunBenchmark() {}

    /**
     * Runs it.
     *
     * @param arguments the words after {@code drove bench run}
     * @param out gets the table and the JSON lines
     * @param err gets progress and complaints
     * @return 0 when all was measured, however slow it is; 1 when something could not be; 2 for a wrong command line
     */
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        List<String> words = List.of(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            out.println(CommandWords.USAGE);
            return 0;
        }
        RunOptions options;
        try {
            options = CommandWords.parse(words);
        } catch (IllegalArgumentException e) {
            err.println("drove bench run: " + e.getMessage());
            err.println(CommandWords.USAGE);
            return 2;
        }
        try {
            return run(words, options, out, err);
        } catch (MeasurementFailed | IOException e) {
            err.println("drove bench run: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int run(List<String> words, RunOptions options, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        WorkDirectory directory =
                WorkDirectory.make(Path.of(System.getProperty("java.io.tmpdir")), options.isKept(), err);
        err.println("starting an engine in " + directory.path());
        OwnEngine engine = new OwnEngine(directory.engine());
        // The hook does it when we are told to end. The engine goes first: it lives in the directory.
        List<AutoCloseable> made = List.of(engine, directory);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("clean-up").unstarted(() -> CleanUp.closeAll(made, err)));
        try {
            engine.start();
            return measureInside(engine, directory.path(), words, out, err);
        } finally {
            CleanUp.closeAll(made, err);
        }
    }

    private static int measureInside(
            OwnEngine engine, Path directory, List<String> words, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(engine.inside());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Ddrove.launcher=" + Launcher.ofThisProcess(),
                "-cp",
                System.getProperty("java.class.path"),
                Inside.class.getName(),
                directory.toString(),
                engine.socket().toString()));
        command.addAll(words);
        Process inside = new ProcessBuilder(command).start();
        inside.getOutputStream().close();
        Thread progress =
                Thread.ofVirtual().start(() -> copy(inside.errorReader().lines(), err));
        copy(inside.inputReader().lines(), out);
        progress.join();
        return inside.waitFor();
    }

    private static void copy(java.util.stream.Stream<String> lines, PrintStream target) {
        try {
            lines.forEach(target::println);
        } catch (UncheckedIOException e) {
            // The other process was ended by a clean-up: there is nothing more to show.
            target.println("interrupted");
        }
    }
}
