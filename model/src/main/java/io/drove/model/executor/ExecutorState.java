package io.drove.model.executor;

/** Whether an executor takes new work, as the original names it. */
public enum ExecutorState {
    ACTIVE,
    BLACKLIST_REQUESTED,
    BLACKLISTED,
    UNREADY,
    REMOVED
}
