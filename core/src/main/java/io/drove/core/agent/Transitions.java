package io.drove.core.agent;

import io.drove.model.Surrogates;
import io.drove.model.instance.InstanceState;
import java.time.Duration;
import java.util.function.Consumer;

/** How an instance gets into its next state and its next step: what is written down, told, and waited for. */
final class Transitions {
    private final AgentLimits limits;
    private final Deadlines deadlines;
    private final Consumer<Instance> onChange;
    private long lastCall;

    Transitions(AgentLimits limits, Deadlines deadlines, Consumer<Instance> onChange) {
        this.limits = limits;
        this.deadlines = deadlines;
        this.onChange = onChange;
    }

    /** Enters a state. */
    void move(Turn turn, Instance instance, InstanceState to) {
        InstanceState from = instance.state;
        Duration after = Duration.ofNanos(turn.now - instance.entered);
        instance.state = to;
        instance.entered = turn.now;
        changed(turn, instance);
        turn.add(new Effect.Moved(instance.report(), from, after));
    }

    /** Something that the leader is told has changed. */
    void changed(Turn turn, Instance instance) {
        instance.updated = turn.wall;
        onChange.accept(instance);
    }

    /** Waits for an answer, for as long as the call itself may take and a little more. */
    void await(Turn turn, Instance instance, Step step, Duration timeout) {
        instance.step = step;
        instance.call = ++lastCall;
        deadlines.set(instance, after(turn.now, timeout.plus(limits.callSlack())));
    }

    /** Waits for nobody's answer, only for time to pass. */
    void pause(Turn turn, Instance instance, Step step, Duration length) {
        instance.step = step;
        instance.call = 0;
        deadlines.set(instance, after(turn.now, length));
    }

    /** Its deadline has come. */
    void expired(Instance instance) {
        deadlines.set(instance, Deadlines.NONE);
    }

    /** Enters the last state, and waits for nothing any more. */
    void end(Turn turn, Instance instance) {
        move(turn, instance, InstanceState.STOPPED);
        instance.step = Step.ENDED;
        instance.call = 0;
        deadlines.set(instance, Deadlines.NONE);
    }

    /** {@code now} plus a length, never past the end of time. */
    private static long after(long now, Duration length) {
        long nanos = length.compareTo(Duration.ofDays(100_000)) > 0 ? Deadlines.NONE : length.toNanos();
        return nanos > Deadlines.NONE - 1 - now ? Deadlines.NONE - 1 : now + nanos;
    }

    /** Why it fails. Keeps the first reason: what follows it is only its consequence. */
    void blame(Instance instance, String error) {
        if (instance.error.isEmpty() || instance.isWarned) {
            instance.error = Surrogates.cut(error, limits.errorChars());
            instance.isWarned = false;
        }
    }

    /** Something is wrong, but not so wrong that it ends the instance. */
    void warn(Turn turn, Instance instance, String warning) {
        if (instance.error.isEmpty()) {
            instance.error = Surrogates.cut(warning, limits.errorChars());
            instance.isWarned = true;
            changed(turn, instance);
        }
    }

    /** What that warning was about is over. */
    void allClear(Turn turn, Instance instance, String beginning) {
        if (instance.isWarned && instance.error.startsWith(beginning)) {
            instance.error = "";
            instance.isWarned = false;
            changed(turn, instance);
        }
    }
}
