package io.drove.cli.show;

import java.io.PrintStream;

/** What is going on, on standard error: one line that changes on a terminal, a line for each change anywhere else. */
public final class Progress {
    /** A line that the terminal breaks could not be written over. */
    private static final int WIDEST = 68;

    private final PrintStream err;
    private final boolean terminal;
    private String last = "";
    private boolean open;

    public Progress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /**
     * Shows where things stand.
     *
     * @param status what changed, compared with the last one
     * @param aside what changes all the time, such as the seconds; only a terminal shows it
     */
    public void show(String status, String aside) {
        String safe = Plain.line(status);
        if (terminal) {
            // Carriage return, text, and "erase to the end of the line" (ECMA-48, EL).
            String fitting = safe.length() <= WIDEST ? safe : safe.substring(0, WIDEST - 1) + "…";
            err.print("\r" + fitting + aside + "\u001b[K");
            err.flush();
            open = true;
        } else if (!safe.equals(last)) {
            err.println(safe);
        }
        last = safe;
    }

    /** Ends the line, so that others can write below it. */
    public void end() {
        if (open) {
            err.println();
            open = false;
        }
    }
}
