package io.drove.bench;

import io.drove.bench.scale.ScaleOptions;
import io.drove.bench.scale.ScaleRun;
import io.drove.bench.watch.MeasurementFailed;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** {@code drove bench scale}: makes a place to work, runs it, and takes everything away again, also when it fails or is interrupted. */
final class ScaleBenchmark {
    /** Files that a process opens beside one socket an executor. */
    private static final int OTHER_FILES = 2_000;

    private ScaleBenchmark() {}

    /**
     * Runs it.
     *
     * @param words the words after {@code drove bench scale}
     * @param out gets the table and the JSON lines
     * @param err gets progress and complaints
     * @return 0 when all was measured, however slow it is; 1 when something could not be; 2 for a wrong command line
     */
    static int run(List<String> words, PrintStream out, PrintStream err) {
        if (words.contains("--help") || words.contains("-h")) {
            out.println(ScaleWords.USAGE);
            return 0;
        }
        ScaleWords read;
        ScaleOptions options;
        try {
            read = new ScaleWords(words);
            options = read.options();
        } catch (IllegalArgumentException | IllegalStateException | AssertionError e) {
            err.println("drove bench scale: " + e.getMessage());
            err.println(ScaleWords.USAGE);
            return 2;
        }
        try {
            OpenFiles.ensure(options.cluster().executors() + OTHER_FILES);
            return run(read, options, out, err);
        } catch (MeasurementFailed | IOException e) {
            err.println("drove bench scale: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int run(ScaleWords words, ScaleOptions options, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        WorkDirectory directory = WorkDirectory.make(words.workDirectory(), options.isKept(), err);
        err.println("working in " + directory.path());
        ScaleRun run = new ScaleRun(options, directory.path(), err);
        // The hook does it when we are told to end. The processes go first: they live in the directory.
        List<AutoCloseable> made = List.of(run, directory);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("clean-up").unstarted(() -> CleanUp.closeAll(made, err)));
        try {
            return run.run(out);
        } finally {
            CleanUp.closeAll(made, err);
        }
    }
}
