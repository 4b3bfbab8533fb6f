package io.drove.bench.executors;

import io.drove.core.agent.Agent;
import io.drove.core.agent.AgentInput;
import io.drove.core.agent.AgentSettings;
import io.drove.core.agent.Effect;
import io.drove.core.agent.Outcome;
import io.drove.executor.agent.LeaderLink;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceState;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * One executor: the real agent behind a mailbox that is worked off by whichever thread is free, and an engine whose starts and stops take their time
 * and always work. Checks succeed at once.
 */
final class SimulatedExecutor {
    private static final int INPUTS_PER_TURN = 256;

    private final Workshop workshop;
    private final Agent agent;
    private final LeaderLink link;
    private final long startNanos;
    private final long stopNanos;
    private final long origin = System.nanoTime();
    private final ConcurrentLinkedQueue<AgentInput> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isScheduled = new AtomicBoolean();

    // Of the one thread that has the turn.
    private long wakeAt = Long.MAX_VALUE;

    private volatile boolean isCut;
    // Written by who has the turn alone.
    private volatile int accepted;
    private volatile int live;
    private volatile int healthy;
    private volatile int failures;

    /** How it stands, for the sum over all. */
    record Glance(boolean isCut, int accepted, int live, int healthy, int failures) {}

    SimulatedExecutor(
            AgentSettings settings,
            ExecutorsShape shape,
            Workshop workshop,
            Function<SimulatedExecutor, LeaderLink> linkFor) {
        this.workshop = workshop;
        this.agent = new Agent(settings);
        this.startNanos = TimeUnit.MILLISECONDS.toNanos(shape.startMillis());
        this.stopNanos = TimeUnit.MILLISECONDS.toNanos(shape.stopMillis());
        this.link = linkFor.apply(this);
    }

    /** The executor's process starts, on a machine without containers. */
    void begin() {
        offer(new AgentInput.Began(List.of()));
    }

    /** The machine is gone: its socket with it, and nothing is ever heard of it again. */
    void cut() {
        isCut = true;
        link.close();
    }

    Glance glance() {
        return new Glance(isCut, accepted, live, healthy, failures);
    }

    /** Hands an input over; never waits. */
    void offer(AgentInput input) {
        if (isCut) {
            return;
        }
        mailbox.add(workshop.shareSpec(input));
        schedule();
    }

    private void schedule() {
        if (!isScheduled.get() && isScheduled.compareAndSet(false, true)) {
            workshop.run(this::turn);
        }
    }

    private void turn() {
        AgentInput input = null;
        for (int taken = 0; taken < INPUTS_PER_TURN && (input = mailbox.poll()) != null; taken++) {
            handle(input);
        }
        if (agent.nextDeadline() <= now()) {
            handle(new AgentInput.TimePassed());
        }
        long wake = planWake();
        isScheduled.set(false);
        // A wake-up that came while we had the turn found it taken.
        if (!mailbox.isEmpty() || wake <= now()) {
            schedule();
        }
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    private void handle(AgentInput input) {
        if (isCut) {
            return;
        }
        for (Effect effect : agent.handle(input, now(), System.currentTimeMillis())) {
            carryOut(effect);
        }
    }

    /** Sets the wheel unless it is set for that time or an earlier one; returns when it is set for. */
    private long planWake() {
        long now = now();
        if (wakeAt <= now) {
            wakeAt = Long.MAX_VALUE;
        }
        long next = agent.nextDeadline();
        if (next < wakeAt && !isCut) {
            wakeAt = next;
            workshop.wheel().after(Math.max(0, next - now), this::schedule);
        }
        return wakeAt;
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Dial dial -> link.dial(dial.connection());
            case Effect.Hangup hangup -> link.hangUp(hangup.connection(), hangup.reason());
            case Effect.Send send -> link.send(send.connection(), send.sequence(), send.frame());
            case Effect.Persist persist -> offer(new AgentInput.Persisted(persist.cluster(), persist.epoch()));
            case Effect.Pull pull -> answer(pull.instance(), pull.call(), new Outcome.Pulled(""));
            case Effect.Create create ->
                answer(
                        create.instance(),
                        create.call(),
                        new Outcome.Created(create.plan().name()));
            case Effect.StartContainer start ->
                later(startNanos, start.instance(), start.call(), new Outcome.Started());
            case Effect.RunCheck check -> answer(check.instance(), check.call(), new Outcome.Passed());
            case Effect.RunHook hook -> answer(hook.instance(), hook.call(), new Outcome.Hooked(""));
            case Effect.StopContainer stop -> later(stopNanos, stop.instance(), stop.call(), new Outcome.Halted());
            case Effect.RemoveContainer remove -> {
                if (remove.call() != 0) {
                    answer(remove.instance(), remove.call(), new Outcome.Removed());
                }
            }
            case Effect.Moved moved -> count(moved.from(), moved.report().state());
            case Effect.Note _, Effect.Abandon _, Effect.FollowLogs _, Effect.RemoveImage _ -> {}
        }
    }

    private void answer(InstanceId instance, long call, Outcome outcome) {
        offer(new AgentInput.Done(instance, call, outcome));
    }

    private void later(long nanos, InstanceId instance, long call, Outcome outcome) {
        workshop.wheel().after(nanos, () -> answer(instance, call, outcome));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread has the turn, and it alone writes.
    private void count(InstanceState from, InstanceState to) {
        if (from == InstanceState.PENDING) {
            accepted++;
            live++;
        }
        if (to == InstanceState.STOPPED) {
            live--;
        }
        healthy += (to == InstanceState.HEALTHY ? 1 : 0) - (from == InstanceState.HEALTHY ? 1 : 0);
        switch (to) {
            case PROVISIONING_FAILED, START_FAILED, READINESS_CHECK_FAILED, UNHEALTHY -> failures++;
            default -> {}
        }
    }
}
