package io.drove.simulation.mutant;

import io.drove.core.agent.AgentInput;
import io.drove.core.agent.ContainerPlan;
import io.drove.core.agent.Effect;
import io.drove.model.instance.PortBinding;
import io.drove.simulation.node.AgentPort;
import java.util.ArrayList;
import java.util.List;

/** Makes every container with the same host ports. */
record OnePortAgent(AgentPort real) implements AgentPort {
    private static final int FIRST = 20_000;

    @Override
    public List<Effect> handle(AgentInput input, long nowNanos, long wallMillis) {
        return real.handle(input, nowNanos, wallMillis).stream()
                .map(effect -> effect instanceof Effect.Create create
                        ? new Effect.Create(create.instance(), create.call(), crowded(create.plan()))
                        : effect)
                .toList();
    }

    private static ContainerPlan crowded(ContainerPlan plan) {
        List<PortBinding> ports = new ArrayList<>();
        for (PortBinding port : plan.ports()) {
            ports.add(new PortBinding(port.name(), port.containerPort(), FIRST + ports.size(), port.type()));
        }
        return new ContainerPlan(
                plan.name(), plan.cluster(), plan.instance(), plan.spec(), plan.allocation(), ports, plan.env());
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
