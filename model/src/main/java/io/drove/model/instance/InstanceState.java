package io.drove.model.instance;

/** The states of an instance of an application or local service, as the original names them. */
public enum InstanceState {
    PENDING,
    PROVISIONING,
    PROVISIONING_FAILED,
    STARTING,
    START_FAILED,
    UNREADY,
    READINESS_CHECK_FAILED,
    READY,
    HEALTHY,
    UNHEALTHY,
    DEPROVISIONING,
    STOPPING,
    STOPPED,
    LOST,
    UNKNOWN;

    /** Whether it is listed among the live instances (the original's ACTIVE_STATES). */
    public boolean isActive() {
        return switch (this) {
            case PENDING, PROVISIONING, STARTING, UNREADY, READY, HEALTHY, UNHEALTHY, DEPROVISIONING, STOPPING -> true;
            case PROVISIONING_FAILED, START_FAILED, READINESS_CHECK_FAILED, STOPPED, LOST, UNKNOWN -> false;
        };
    }

    /** Whether nothing follows any more: the container is gone and its cores are free. */
    public boolean isTerminal() {
        return this == STOPPED || this == LOST;
    }

    /** Whether it is on its way to {@link #HEALTHY}, or there. */
    public boolean isComing() {
        return switch (this) {
            case PENDING, PROVISIONING, STARTING, UNREADY, READY, HEALTHY -> true;
            case PROVISIONING_FAILED,
                    START_FAILED,
                    READINESS_CHECK_FAILED,
                    UNHEALTHY,
                    DEPROVISIONING,
                    STOPPING,
                    STOPPED,
                    LOST,
                    UNKNOWN -> false;
        };
    }
}
