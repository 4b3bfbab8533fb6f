package io.drove.bench;

import java.io.PrintStream;
import java.util.List;

/** Takes away what a benchmark made. */
final class CleanUp {
    private CleanUp() {}

    /** Closes them in their order, by one caller at a time; what one thing cannot clean up does not keep the next from it. */
    static synchronized void closeAll(List<AutoCloseable> made, PrintStream err) {
        for (AutoCloseable thing : made) {
            close(thing, err);
        }
    }

    private static void close(AutoCloseable thing, PrintStream err) {
        try {
            thing.close();
        } catch (Exception e) {
            err.println("drove bench: not cleaned up: " + e.getMessage());
        }
    }
}
