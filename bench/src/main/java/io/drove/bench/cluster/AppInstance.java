package io.drove.bench.cluster;

/**
 * One instance, as the public API shows it.
 *
 * @param hostPort 0 while it has none
 */
public record AppInstance(String id, String state, int hostPort) {
    public boolean isHealthy() {
        return state.equals("HEALTHY");
    }
}
