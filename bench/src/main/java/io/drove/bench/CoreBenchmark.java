package io.drove.bench;

import io.drove.bench.core.CoreMeasurements;
import io.drove.bench.core.CoreOptions;
import io.drove.bench.core.CoreOptions.Part;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code drove bench core}: the core in memory, and the journal on this machine's disk. */
final class CoreBenchmark {
    private static final String USAGE = """
            Usage: drove bench core [--quick] [--only P1,P6,...]
            Measures the core in memory and the journal on the disk; prints a table, then a JSON line for each figure.
              --quick     fewer shapes, and less time for each
              --only IDS  some of P1 (with P1s and P4), P5, P6, P7, MICRO, separated by commas (default: all)""";

    private CoreBenchmark() {}

    /** Returns 0 when all was measured, 1 when something could not be, 2 for a wrong command line. */
    static int run(List<String> words, PrintStream out, PrintStream err) {
        if (words.contains("--help") || words.contains("-h")) {
            out.println(USAGE);
            return 0;
        }
        CoreOptions options;
        try {
            options = parse(words);
        } catch (IllegalArgumentException e) {
            err.println("drove bench core: " + e.getMessage());
            err.println(USAGE);
            return 2;
        }
        try {
            WorkDirectory directory = WorkDirectory.make(Path.of(System.getProperty("java.io.tmpdir")), false, err);
            List<AutoCloseable> made = List.of(directory);
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("clean-up").unstarted(() -> CleanUp.closeAll(made, err)));
            try {
                return new CoreMeasurements(options, directory.path(), err).run(out);
            } finally {
                CleanUp.closeAll(made, err);
            }
        } catch (IOException e) {
            err.println("drove bench core: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    static CoreOptions parse(List<String> words) {
        boolean isQuick = false;
        Set<Part> only = EnumSet.allOf(Part.class);
        Deque<String> left = new ArrayDeque<>(words);
        while (!left.isEmpty()) {
            String word = left.pop();
            switch (word) {
                case "--quick" -> isQuick = true;
                case "--only" -> {
                    if (left.isEmpty()) {
                        throw new IllegalArgumentException("--only needs a value");
                    }
                    only = parts(left.pop());
                }
                default -> throw new IllegalArgumentException("unknown option " + word);
            }
        }
        return new CoreOptions(isQuick, only);
    }

    private static Set<Part> parts(String text) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String id : text.split(",", -1)) {
            String wanted = id.strip().toUpperCase(Locale.ROOT);
            // Measured together with P1.
            String name = wanted.equals("P4") || wanted.equals("P1S") ? "P1" : wanted;
            parts.add(Arrays.stream(Part.values())
                    .filter(part -> part.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--only knows " + Arrays.toString(Part.values()) + ", found \"" + id + "\"")));
        }
        return parts;
    }
}
