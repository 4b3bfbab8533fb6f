package io.drove.cli.show;

import java.io.PrintStream;

/** What is going on, on standard error: one line that changes on a terminal, a line for each change anywhere else. */
public final class Progress {
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
            err.print("\r" + safe + aside + "\u001b[K");
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
