package io.drove.model.app;

/** What an app is doing. {@link #MONITORING} and {@link #RUNNING} are where it rests. */
public enum AppState {
    INIT,
    MONITORING,
    RUNNING,
    OUTAGE_DETECTED,
    SCALING_REQUESTED,
    STOP_INSTANCES_REQUESTED,
    REPLACE_INSTANCES_REQUESTED,
    DESTROY_REQUESTED,
    DESTROYED,
    FAILED;

    /** Whether its endpoints are given out and it counts as active (the original's ACTIVE_APP_STATES). */
    public boolean isActive() {
        return switch (this) {
            case RUNNING,
                    OUTAGE_DETECTED,
                    SCALING_REQUESTED,
                    STOP_INSTANCES_REQUESTED,
                    REPLACE_INSTANCES_REQUESTED,
                    DESTROY_REQUESTED -> true;
            case INIT, MONITORING, DESTROYED, FAILED -> false;
        };
    }
}
