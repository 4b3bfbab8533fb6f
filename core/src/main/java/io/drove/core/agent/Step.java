package io.drove.core.agent;

/** What an instance waits for, finer than its state. Each has a deadline but {@link #ENDED}. */
enum Step {
    /** The image. */
    PULLING,
    /** The next try to pull. */
    PULL_PAUSE,
    /** The container's creation. */
    CREATING,
    /** The container's start. */
    LAUNCHING,
    /** The removal of a container that was given a taken port, before another is created. */
    CLEARING,
    /** The time of the next check. */
    CHECK_PAUSE,
    /** The result of a check. */
    CHECKING,
    /** The end of a creation or start that is no longer wanted. */
    UNWINDING,
    /** A pre-shutdown hook. */
    HOOK,
    /** The clients to leave. */
    DRAINING,
    /** The container to stop. */
    HALTING,
    /** The container to be gone. */
    REMOVING,
    /** The next try to remove it. */
    REMOVE_PAUSE,
    /** Nothing any more. */
    ENDED
}
