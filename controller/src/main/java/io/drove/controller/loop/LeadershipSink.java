package io.drove.controller.loop;

import io.drove.core.state.ClusterState;

/** Hears, on the loop's thread, from when to when this controller serves as leader. Must return soon. */
public interface LeadershipSink {
    /** The barrier of {@code epoch} is durable: inputs are taken from now on. Before anything else of that epoch comes out. */
    void serving(long epoch, ClusterState state);

    /** No more inputs are taken; what was observed is forgotten. */
    void ended();
}
