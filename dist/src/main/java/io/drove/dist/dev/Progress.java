package io.drove.dist.dev;

import java.io.PrintStream;
import java.util.Locale;

/** Tells the user what happens, with the seconds since the start. Safe for use by many threads. */
final class Progress {
    private final PrintStream out;
    private final long start = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    /** Something has happened. */
    void step(String text) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, text);
        out.flush();
    }

    /** Text without a time. */
    void say(String text) {
        out.println(text);
        out.flush();
    }
}
