package io.drove.core.agent;

/** What came of an effect. */
public sealed interface Outcome {
    /** The image is there. {@code note} is worth telling, or empty. */
    record Pulled(String note) implements Outcome {}

    /** The container exists, with its files. */
    record Created(String container) implements Outcome {}

    /** The container runs. */
    record Started() implements Outcome {}

    /** The check was good. */
    record Passed() implements Outcome {}

    /** The check was bad, and how. */
    record Unhealthy(String message) implements Outcome {}

    /** Nobody listened: refused, or closed before a byte came. */
    record Unreachable(String message) implements Outcome {}

    /** The check could not be made, through no fault of the instance; says nothing about it. */
    record Undecided(String message) implements Outcome {}

    /** The hook was called; failures are told by {@code note} and do not matter otherwise. */
    record Hooked(String note) implements Outcome {}

    /** The container stands still. */
    record Halted() implements Outcome {}

    /** The container is gone. */
    record Removed() implements Outcome {}

    /**
     * It did not work.
     *
     * @param worthRetry whether the same call may work later
     * @param takenPort the host port that somebody else has, or 0 when that was not the reason
     */
    record Failed(String message, boolean worthRetry, int takenPort) implements Outcome {
        public Failed(String message, boolean worthRetry) {
            this(message, worthRetry, 0);
        }
    }
}
