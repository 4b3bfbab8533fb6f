package io.drove.executor.agent;

import io.drove.core.agent.AgentInput;
import io.drove.core.agent.AgentStatus;
import io.drove.executor.container.ContainerEngine;
import java.time.Duration;

/** The agent with everything around it, as one thing to start and stop. */
public final class Shell implements AutoCloseable {
    private final AgentLoop loop;
    private final Hands hands;
    private final LeaderLink link;
    private final EngineWatch watch;

    public Shell(AgentLoop loop, Hands hands, LeaderLink link, ContainerEngine engine, EngineHealth health) {
        this.loop = loop;
        this.hands = hands;
        this.link = link;
        this.watch = new EngineWatch(engine, new ContainerLabels(), loop, health);
    }

    public void start() {
        loop.start(hands);
        watch.start();
    }

    public AgentStatus status() {
        return loop.status();
    }

    /** Announces to the leader that this process stops and will be back, and waits until that is sent, but not longer than that. */
    public void leave(String reason, Duration patience) {
        loop.offer(new AgentInput.Leave(reason));
        loop.drain(patience);
        link.settle();
    }

    @Override
    public void close() {
        watch.close();
        loop.close();
        link.close();
    }
}
