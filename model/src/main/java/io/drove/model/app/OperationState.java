package io.drove.model.app;

/** Where an operation stands. */
public enum OperationState {
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    public boolean isTerminal() {
        return this != RUNNING;
    }
}
