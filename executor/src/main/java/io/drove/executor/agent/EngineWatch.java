package io.drove.executor.agent;

import io.drove.core.agent.AgentInput;
import io.drove.core.agent.FoundContainer;
import io.drove.executor.container.ContainerEngine;
import io.drove.executor.container.ContainerState;
import io.drove.executor.container.EndSink;
import io.drove.executor.container.EngineException;
import io.drove.executor.container.ListedContainer;
import io.drove.model.id.InstanceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the engine for containers that end. Each time the stream opens, also after a restart of the engine, all containers are listed:
 * the first list is what the agent begins with, each later one tells what was missed.
 */
final class EngineWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineWatch.class);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final ContainerEngine engine;
    private final ContainerLabels labels;
    private final AgentLoop loop;
    private final EngineHealth health;
    private final Thread thread;
    private volatile boolean isStopped;
    private boolean hasBegun;

    EngineWatch(ContainerEngine engine, ContainerLabels labels, AgentLoop loop, EngineHealth health) {
        this.health = health;
        this.engine = engine;
        this.labels = labels;
        this.loop = loop;
        this.thread = Thread.ofVirtual().name("engine-watch").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!isStopped) {
            try {
                engine.watchEnds(ContainerLabels.INSTANCE, new Ends());
                report("the engine closed the stream");
            } catch (EngineException e) {
                report(String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error("watching the engine failed", e);
            }
            try {
                Thread.sleep(RETRY);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void report(String reason) {
        if (health.lost(reason) && !isStopped) {
            LOG.warn("engine not heard reason={}", reason);
        }
    }

    private void survey() throws EngineException {
        long begun = loop.nowNanos();
        List<FoundContainer> found = new ArrayList<>();
        for (ListedContainer container : engine.list(ContainerLabels.INSTANCE)) {
            int exitCode = 0;
            if (ContainerLabels.life(container.state()) == FoundContainer.Life.EXITED) {
                Optional<ContainerState> state = engine.inspect(container.id());
                exitCode = state.map(ContainerState::exitCode).orElse(-1);
            }
            labels.read(container, exitCode).ifPresent(found::add);
        }
        loop.offer(hasBegun ? new AgentInput.Surveyed(begun, found) : new AgentInput.Began(found));
        hasBegun = true;
        health.heard(loop.nowNanos());
        LOG.info("engine heard containers={}", found.size());
    }

    @Override
    public void close() {
        isStopped = true;
        thread.interrupt();
    }

    private final class Ends implements EndSink {
        @Override
        public void listening() throws EngineException {
            survey();
        }

        @Override
        public void ended(Map<String, String> attributes, int exitCode) {
            InstanceId.parse(attributes.getOrDefault(ContainerLabels.INSTANCE, ""))
                    .ifPresent(instance -> loop.offer(new AgentInput.Died(instance, exitCode)));
        }
    }
}
