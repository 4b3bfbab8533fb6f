package io.drove.bench;

import java.io.PrintStream;
import java.util.List;

/** {@code drove bench}: the benchmarks by name. */
public final class BenchCommand {
    private static final String USAGE = """
            Usage: drove bench COMMAND
              run    measure this machine end to end, beside the bare engine and Docker Swarm (see drove bench run --help)
              core   measure the core in memory and the journal on the disk (see drove bench core --help)
              scale  measure a controller under a large cluster of simulated executors (see drove bench scale --help)""";

    private BenchCommand() {}

    /**
     * Runs one.
     *
     * @param words the words after {@code drove bench}
     * @return the exit code; 2 for a wrong command line
     */
    public static int run(List<String> words, PrintStream out, PrintStream err) {
        String command = words.isEmpty() ? "" : words.getFirst();
        return switch (command) {
            case "run" -> RunBenchmark.run(words.subList(1, words.size()).toArray(String[]::new), out, err);
            case "core" -> CoreBenchmark.run(words.subList(1, words.size()), out, err);
            case "scale" -> ScaleBenchmark.run(words.subList(1, words.size()), out, err);
            case "--help", "-h" -> {
                out.println(USAGE);
                yield 0;
            }
            default -> {
                err.println(command.isEmpty() ? "drove bench: which one?" : "drove bench: unknown command " + command);
                err.println(USAGE);
                yield 2;
            }
        };
    }
}
