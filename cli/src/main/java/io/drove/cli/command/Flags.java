package io.drove.cli.command;

import io.drove.cli.line.Flag;
import java.util.List;

/** Flags that several commands share. */
final class Flags {
    static final Flag OUTPUT = Flag.value("FORMAT", "How to print the answer.", "--output", "-o")
            .or("table")
            .of("table", "json", "yaml");
    /** Where {@code -o} means something else in the original. */
    static final Flag OUTPUT_LONG = Flag.value("FORMAT", "How to print the answer.", "--output")
            .or("table")
            .of("table", "json", "yaml");

    static final Flag REVERSE = Flag.toggle("Sort the other way round.", "--reverse", "-r");
    static final Flag TIMEOUT = Flag.value("TIME", "How long the cluster tries: 90s, 5m, 1h.", "--timeout", "-t")
            .or("5m");
    static final Flag PARALLELISM = Flag.value(
                    "N", "How many instances change at once, 1 to 512.", "--parallelism", "-p")
            .or("1");
    static final Flag WAIT =
            Flag.toggle("Wait until the operation has ended; exit code 1 if it failed.", "--wait", "-w");
    static final Flag WAIT_TIMEOUT = Flag.value(
            "TIME", "How long --wait waits. Default: the operation's timeout and a minute", "--wait-timeout");
    static final Flag FAILURE_STRATEGY = Flag.value(
                    "STRATEGY", "What happens to what was done when the operation fails.", "--failure-strategy")
            .or("STOP")
            .of("STOP", "ROLLBACK");

    /** What every operation takes. */
    static final List<Flag> OPERATION = List.of(PARALLELISM, TIMEOUT, WAIT, WAIT_TIMEOUT, FAILURE_STRATEGY, OUTPUT);

    private Flags() {}

    static Flag sort(int fallback, int last) {
        return Flag.value("COLUMN", "Index of the column to sort by, 0 to " + last + ".", "--sort", "-s")
                .or(String.valueOf(fallback));
    }
}
