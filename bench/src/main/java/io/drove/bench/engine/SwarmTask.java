package io.drove.bench.engine;

/**
 * A task of a Swarm service.
 *
 * @param hostPort 0 while it has none
 * @param container empty while it has none
 */
public record SwarmTask(String id, String state, int hostPort, String container) {
    public boolean isRunning() {
        return state.equals("running");
    }

    /** Whether a container of it may still run. */
    boolean isLive() {
        return switch (state) {
            case "complete", "failed", "shutdown", "rejected", "orphaned", "remove" -> false;
            default -> true;
        };
    }
}
