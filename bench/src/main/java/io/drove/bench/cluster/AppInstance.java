package io.drove.bench.cluster;

/**
 * One instance, as the public API shows it.
 *
 * @param hostPort 0 while it has none
 */
public record AppInstance(String id, String state, int hostPort) {
    /** Whether its container runs. */
    public boolean isStarted() {
        return switch (state) {
            case "UNREADY", "READY", "HEALTHY" -> true;
            default -> false;
        };
    }

    public boolean isHealthy() {
        return state.equals("HEALTHY");
    }
}
