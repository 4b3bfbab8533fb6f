package io.drove.simulation.mutant;

import io.drove.core.agent.AgentInput;
import io.drove.core.agent.Effect;
import io.drove.model.session.ToExecutor;
import io.drove.simulation.node.AgentPort;
import java.util.List;

/** Takes an order to stop for a sign of life. */
record DeafAgent(AgentPort real) implements AgentPort {
    @Override
    public List<Effect> handle(AgentInput input, long nowNanos, long wallMillis) {
        AgentInput heard = input;
        if (input instanceof AgentInput.Received received && received.frame() instanceof ToExecutor.Stop stop) {
            heard = new AgentInput.Received(
                    received.connection(), received.sequence(), new ToExecutor.Heartbeat(stop.epoch()));
        }
        return real.handle(heard, nowNanos, wallMillis);
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
