package io.drove.simulation.invariant;

/**
 * Something that must never be.
 *
 * @param invariant its number in the goals, or {@code BUG} for a broken assertion of the program
 * @param what in words, with the names of all that are involved
 * @param subject the id to look for in the trace, or empty
 */
public record Violation(String invariant, String what, String subject) {
    @Override
    public String toString() {
        return invariant + ": " + what;
    }
}
