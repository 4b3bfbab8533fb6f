package io.drove.cli.process;

/** While it is open, Ctrl-C is the ordinary end of the command: exit code 0. */
public interface QuietEnd {
    /** From now on Ctrl-C ends the process as usual. */
    void close();
}
