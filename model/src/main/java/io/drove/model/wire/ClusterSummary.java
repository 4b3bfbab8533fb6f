package io.drove.model.wire;

/**
 * The cluster in numbers; memory in MB. Cores and memory are those of executors that are ACTIVE, as is {@code numExecutors}.
 *
 * @param leader {@code host:port} of the leader
 */
public record ClusterSummary(
        String leader,
        Mode state,
        int numExecutors,
        int numApplications,
        int numActiveApplications,
        int numActiveTasks,
        int numLocalServices,
        int numActiveLocalServices,
        int freeCores,
        int usedCores,
        int totalCores,
        long freeMemory,
        long usedMemory,
        long totalMemory) {
    /** Whether the cluster works as usual or lets everything be. */
    public enum Mode {
        NORMAL,
        MAINTENANCE
    }
}
