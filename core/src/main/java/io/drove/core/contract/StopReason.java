package io.drove.core.contract;

/** Why an instance is stopped. A stop is always a journaled decision that names the instance. */
public enum StopReason {
    /** There are more than wanted. */
    SURPLUS("surplus"),
    /** An operation named it. */
    ASKED("asked to stop"),
    /** Another one took its place. */
    REPLACED("replaced"),
    /** It did not become healthy in time. */
    START_TIMEOUT("did not become healthy in time"),
    /** The operation that started it failed or was cancelled. */
    ABANDONED("its operation was given up"),
    /** It was given up as lost, or nobody knows it. */
    GIVEN_UP("given up as lost before");

    private final String words;

    StopReason(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
