package io.drove.simulation.mutant;

import io.drove.core.agent.AgentInput;
import io.drove.core.agent.Effect;
import io.drove.simulation.node.AgentPort;
import java.util.List;

/** Begins as if the machine were empty. */
record ForgetfulAgent(AgentPort real) implements AgentPort {
    @Override
    public List<Effect> handle(AgentInput input, long nowNanos, long wallMillis) {
        return real.handle(
                input instanceof AgentInput.Began ? new AgentInput.Began(List.of()) : input, nowNanos, wallMillis);
    }

    @Override
    public long nextDeadline() {
        return real.nextDeadline();
    }

    @Override
    public long highestEpoch() {
        return real.highestEpoch();
    }
}
