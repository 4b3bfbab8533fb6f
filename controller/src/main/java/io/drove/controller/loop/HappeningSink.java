package io.drove.controller.loop;

import io.drove.core.contract.Happening;
import io.drove.core.state.ClusterState;
import java.util.List;

/** Hears, on the loop's thread and in order, what happened to the cluster once it is durable. Must return soon. */
@FunctionalInterface
public interface HappeningSink {
    /**
     * What happened.
     *
     * @param after the state in which it has happened
     * @param wall wall time of the decision in milliseconds
     */
    void accept(ClusterState after, List<Happening> happenings, long wall);
}
