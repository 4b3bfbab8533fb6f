package io.drove.controller.loop;

import io.drove.core.contract.Command;
import io.drove.core.state.ClusterState;
import java.util.List;

/** Takes, on the loop's thread and in order, commands whose facts are durable. Must not block; what it cannot deliver it drops. */
@FunctionalInterface
public interface CommandSink {
    /**
     * Carries out what was decided.
     *
     * @param after the state that asks for it
     */
    void send(ClusterState after, List<Command> commands);
}
