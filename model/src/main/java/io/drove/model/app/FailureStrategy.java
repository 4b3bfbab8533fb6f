package io.drove.model.app;

/** What an operation does when it cannot be finished. */
public enum FailureStrategy {
    /** End it as failed, and set the desired count to what is healthy. */
    STOP,
    /** End it as failed, and restore the count before it. */
    ROLLBACK
}
