package io.drove.executor.agent;

import io.drove.core.agent.Agent;
import io.drove.core.agent.AgentInput;
import io.drove.core.agent.AgentStatus;
import io.drove.core.agent.Effect;
import io.drove.platform.time.Clock;
import io.drove.platform.time.Moment;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that asks the agent. Step-able: {@link #step} takes one input, {@link #start} does so for ever. */
public final class AgentLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLoop.class);
    private static final int INBOX_MAX = 100_000;
    /** How long the loop sleeps at most, so that a request to drain is seen. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final Agent agent;
    private final Clock clock;
    private final Moment origin;
    private final LinkedBlockingQueue<AgentInput> inbox = new LinkedBlockingQueue<>(INBOX_MAX);
    private final Thread thread;
    private volatile Consumer<Effect> hands = effect -> {};
    private volatile AgentStatus status;
    private volatile boolean isStopped;
    private volatile @Nullable CountDownLatch flushed;

    public AgentLoop(Agent agent, Clock clock) {
        this.agent = agent;
        this.clock = clock;
        this.origin = clock.read();
        this.status = agent.status();
        this.thread = Thread.ofPlatform().name("agent").unstarted(this::run);
    }

    /** Begins to run; effects go to {@code carryOut}, which must not block. */
    public void start(Consumer<Effect> carryOut) {
        hands = carryOut;
        thread.start();
    }

    /** Hands an input over; waits when the agent is far behind. */
    public void offer(AgentInput input) {
        try {
            inbox.put(input);
        } catch (InterruptedException e) {
            // The caller is being given up, but what it has to say must be heard.
            boolean isTaken = inbox.offer(input);
            Thread.currentThread().interrupt();
            if (!isTaken) {
                LOG.error("inbox full, input lost input={}", input);
            }
        }
    }

    /** The agent's clock: monotonic time since the loop was made. */
    public long nowNanos() {
        return clock.read().since(origin).toNanos();
    }

    /** Waits until everything offered so far is dealt with, but not longer than that. */
    void drain(Duration patience) {
        CountDownLatch empty = new CountDownLatch(1);
        flushed = empty;
        try {
            if (!empty.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("inbox not drained waiting={}", inbox.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public AgentStatus status() {
        return status;
    }

    /** Takes one input, waiting for it no longer than {@code patience} or the next deadline, and carries out what follows. */
    public void step(Duration patience) throws InterruptedException {
        long untilDeadline =
                agent.nextDeadline() == Long.MAX_VALUE ? Long.MAX_VALUE : agent.nextDeadline() - nowNanos();
        long wait = Math.max(0, Math.min(patience.toNanos(), untilDeadline));
        AgentInput input = inbox.poll(wait, TimeUnit.NANOSECONDS);
        handle(input);
    }

    private void handle(@Nullable AgentInput input) {
        Moment moment = clock.read();
        long now = moment.since(origin).toNanos();
        if (input != null) {
            carryOut(input, now, moment.wallMillis());
        }
        if (agent.nextDeadline() <= now) {
            carryOut(new AgentInput.TimePassed(), now, moment.wallMillis());
        }
        status = agent.status();
        CountDownLatch waiting = flushed;
        if (waiting != null && inbox.isEmpty()) {
            waiting.countDown();
        }
    }

    private void carryOut(AgentInput input, long now, long wall) {
        try {
            for (Effect effect : agent.handle(input, now, wall)) {
                hands.accept(effect);
            }
        } catch (RuntimeException e) {
            LOG.error("agent failed input={}", input, e);
        }
    }

    private void run() {
        try {
            while (!isStopped) {
                step(PATIENCE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        isStopped = true;
        thread.interrupt();
        try {
            thread.join(STOP_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
