package io.drove.bench.executors;

import static io.drove.model.Assertion.require;

import java.net.URI;

/**
 * What the simulated executors are and how their engine behaves.
 *
 * @param controller where they find the leader
 * @param secret of the cluster
 * @param executors how many
 * @param cores of each
 * @param numaNodes over which each one's cores are spread evenly
 * @param perRack executors that carry the same label {@code rack}
 * @param startMillis what the engine takes to start a container
 * @param stopMillis what it takes to stop one
 */
public record ExecutorsShape(
        URI controller,
        String secret,
        int executors,
        int cores,
        int numaNodes,
        int perRack,
        int startMillis,
        int stopMillis) {
    public ExecutorsShape {
        require(executors > 0, "executors must be > 0, was %d", executors);
        require(
                numaNodes > 0 && cores > 0 && cores % numaNodes == 0,
                "%d cores cannot be spread evenly over %d NUMA nodes",
                cores,
                numaNodes);
    }
}
