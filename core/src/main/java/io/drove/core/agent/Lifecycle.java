package io.drove.core.agent;

import io.drove.model.instance.InstanceState;
import java.util.function.Consumer;

/**
 * The life of one instance: what each answer, event and deadline makes of it in the step that it is in (reference 6.2).
 *
 * <p>PENDING, then {@link Startup} (PROVISIONING, STARTING), {@link Checks} (UNREADY, READY, HEALTHY), {@link Teardown} (STOPPING,
 * DEPROVISIONING, STOPPED). A failure passes through its own state on the way and keeps its text.
 */
final class Lifecycle {
    private final HostPorts hostPorts;
    private final Transitions transitions;
    private final Startup startup;
    private final Checks checks;
    private final Teardown teardown;

    Lifecycle(
            AgentSettings settings,
            Deadlines deadlines,
            HostPorts hostPorts,
            Consumer<Instance> onChange,
            Consumer<Instance> onEnd) {
        this.hostPorts = hostPorts;
        this.transitions = new Transitions(settings.limits(), deadlines, onChange);
        this.teardown = new Teardown(settings.limits(), transitions, hostPorts, onEnd);
        this.checks = new Checks(settings.limits(), transitions, teardown);
        this.startup = new Startup(settings, transitions, hostPorts, checks, teardown);
    }

    /** A new instance sets out. */
    void begin(Turn turn, Instance instance) {
        startup.begin(turn, instance);
    }

    /** An instance that cannot be run at all ends before it began. */
    void refuse(Turn turn, Instance instance, String reason) {
        instance.error = reason;
        teardown.end(turn, instance);
    }

    /** Its container was found running. */
    void adoptRunning(Turn turn, Instance instance) {
        ports(instance);
        startup.adopt(turn, instance);
    }

    /** Its container was found, and does not run. */
    void adoptDead(Turn turn, Instance instance, String reason) {
        ports(instance);
        instance.error = reason;
        teardown.deprovision(turn, instance);
    }

    private void ports(Instance instance) {
        instance.ports.forEach(port -> hostPorts.hold(port.hostPort()));
    }

    /** This process did not run for a while, until now. */
    void paused(long now) {
        checks.paused(now);
    }

    /** Something is wrong, but not so wrong that it ends the instance. */
    void warn(Turn turn, Instance instance, String warning) {
        transitions.warn(turn, instance, warning);
    }

    /** What that warning was about is over. */
    void allClear(Turn turn, Instance instance, String beginning) {
        transitions.allClear(turn, instance, beginning);
    }

    /** The leader wants it gone; accepted in every state. */
    void stop(Turn turn, Instance instance) {
        switch (instance.step) {
            case PULLING -> {
                turn.add(new Effect.Abandon(instance.id, instance.call));
                teardown.end(turn, instance);
            }
            case PULL_PAUSE -> teardown.end(turn, instance);
            case CREATING, LAUNCHING -> {
                // The engine is at it: what comes of it is removed, when it is known or its deadline has come.
                instance.step = Step.UNWINDING;
                transitions.move(turn, instance, InstanceState.STOPPING);
            }
            case CLEARING -> teardown.deprovision(turn, instance);
            case CHECK_PAUSE -> teardown.stop(turn, instance);
            case CHECKING -> {
                turn.add(new Effect.Abandon(instance.id, instance.call));
                teardown.stop(turn, instance);
            }
            case UNWINDING, HOOK, DRAINING, HALTING, REMOVING, REMOVE_PAUSE, ENDED -> {}
        }
    }

    /** The answer to the instance's present call. One that does not fit the call is a bug of the shell's. */
    void answer(Turn turn, Instance instance, Outcome outcome) {
        if (!fits(instance.step, outcome)) {
            throw new IllegalStateException(instance.id + " in " + instance.step + " was answered " + outcome);
        }
        instance.call = 0;
        switch (instance.step) {
            case PULLING -> startup.pulled(turn, instance, outcome);
            case CREATING -> startup.created(turn, instance, outcome);
            case LAUNCHING -> startup.launched(turn, instance, outcome);
            case CLEARING -> startup.cleared(turn, instance, outcome);
            case CHECKING -> checks.checked(turn, instance, outcome);
            case UNWINDING, HALTING -> teardown.deprovision(turn, instance);
            case HOOK -> teardown.hooked(turn, instance, outcome);
            case REMOVING -> teardown.removed(turn, instance, outcome);
            case PULL_PAUSE, CHECK_PAUSE, DRAINING, REMOVE_PAUSE, ENDED -> {}
        }
    }

    private static boolean fits(Step step, Outcome outcome) {
        return outcome instanceof Outcome.Failed
                || switch (step) {
                    case PULLING -> outcome instanceof Outcome.Pulled;
                    case CREATING -> outcome instanceof Outcome.Created;
                    case LAUNCHING -> outcome instanceof Outcome.Started;
                    case CLEARING, REMOVING -> outcome instanceof Outcome.Removed;
                    case UNWINDING -> outcome instanceof Outcome.Created || outcome instanceof Outcome.Started;
                    case HOOK -> outcome instanceof Outcome.Hooked;
                    case HALTING -> outcome instanceof Outcome.Halted;
                    case CHECKING ->
                        outcome instanceof Outcome.Passed
                                || outcome instanceof Outcome.Unhealthy
                                || outcome instanceof Outcome.Unreachable
                                || outcome instanceof Outcome.Undecided;
                    case PULL_PAUSE, CHECK_PAUSE, DRAINING, REMOVE_PAUSE, ENDED -> false;
                };
    }

    /** An answer that nobody waits for any more. What it brought to life must not stay. */
    void lateAnswer(Turn turn, Instance instance, Outcome outcome) {
        if (!(outcome instanceof Outcome.Created) && !(outcome instanceof Outcome.Started)) {
            return;
        }
        switch (instance.step) {
            case REMOVING, REMOVE_PAUSE -> teardown.remove(turn, instance);
            case ENDED -> turn.add(new Effect.RemoveContainer(instance.id, 0, instance.container()));
            case PULLING,
                    PULL_PAUSE,
                    CREATING,
                    LAUNCHING,
                    CLEARING,
                    CHECK_PAUSE,
                    CHECKING,
                    UNWINDING,
                    HOOK,
                    DRAINING,
                    HALTING -> {}
        }
    }

    /** The instance's deadline came. */
    void expire(Turn turn, Instance instance) {
        transitions.expired(instance);
        switch (instance.step) {
            case PULLING -> startup.pullExpired(turn, instance);
            case PULL_PAUSE -> startup.pull(turn, instance);
            case CREATING -> startup.startFailed(turn, instance, "The engine did not create the container in time");
            case LAUNCHING -> startup.startFailed(turn, instance, "The engine did not start the container in time");
            case CLEARING -> startup.startFailed(turn, instance, "The engine did not remove the container in time");
            case CHECK_PAUSE -> checks.check(turn, instance);
            case CHECKING -> checks.expired(turn, instance);
            case UNWINDING, HALTING -> teardown.deprovision(turn, instance);
            case HOOK -> teardown.hookExpired(turn, instance);
            case DRAINING -> teardown.halt(turn, instance);
            case REMOVING -> teardown.removalExpired(turn, instance);
            case REMOVE_PAUSE -> teardown.remove(turn, instance);
            case ENDED -> {}
        }
    }

    /** Its container ended. */
    void died(Turn turn, Instance instance, String reason) {
        switch (instance.step) {
            // It may end before its start is answered.
            case LAUNCHING -> startup.startFailed(turn, instance, reason);
            case CHECKING -> {
                turn.add(new Effect.Abandon(instance.id, instance.call));
                checks.died(turn, instance, reason);
            }
            case CHECK_PAUSE -> checks.died(turn, instance, reason);
            case HOOK, DRAINING, HALTING -> teardown.deprovision(turn, instance);
            case PULLING, PULL_PAUSE, CREATING, CLEARING, UNWINDING, REMOVING, REMOVE_PAUSE, ENDED -> {}
        }
    }
}
