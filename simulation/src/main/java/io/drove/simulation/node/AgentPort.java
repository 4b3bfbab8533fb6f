package io.drove.simulation.node;

import io.drove.core.agent.AgentInput;
import io.drove.core.agent.Effect;
import java.util.List;

/** The agent as its shell sees it. */
public interface AgentPort {
    List<Effect> handle(AgentInput input, long nowNanos, long wallMillis);

    long nextDeadline();

    /** The highest epoch that is stored. */
    long highestEpoch();
}
