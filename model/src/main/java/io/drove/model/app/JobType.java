package io.drove.model.app;

/** What a workload is for. */
public enum JobType {
    SERVICE,
    COMPUTATION,
    LOCAL_SERVICE
}
