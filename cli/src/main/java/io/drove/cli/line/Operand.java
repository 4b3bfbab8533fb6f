package io.drove.cli.line;

/** A positional argument; only the last one of a command may be {@code many}, and then it is given once or more often. */
public record Operand(String name, String summary, boolean many) {

    /** An operand that is given exactly once. */
    public static Operand one(String name, String summary) {
        return new Operand(name, summary, false);
    }

    /** An operand that is given once or more often. */
    public static Operand many(String name, String summary) {
        return new Operand(name, summary, true);
    }
}
