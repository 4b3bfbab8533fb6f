package io.drove.core.agent;

import io.drove.model.check.PreShutdownSpec;
import io.drove.model.instance.InstanceState;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The end of an instance: STOPPING (hooks, the wait for its clients, the stop), DEPROVISIONING (remove), STOPPED. A failure passes through its own
 * state on the way. Removal is tried until it works, since cores and ports are not free before.
 */
final class Teardown {
    private final AgentLimits limits;
    private final Transitions transitions;
    private final HostPorts hostPorts;
    private final Consumer<Instance> onEnd;

    Teardown(AgentLimits limits, Transitions transitions, HostPorts hostPorts, Consumer<Instance> onEnd) {
        this.limits = limits;
        this.transitions = transitions;
        this.hostPorts = hostPorts;
        this.onEnd = onEnd;
    }

    /** Passes through the state that names the failure, then takes down whatever there is. */
    void fail(Turn turn, Instance instance, InstanceState state, String error) {
        transitions.blame(instance, error);
        transitions.move(turn, instance, state);
        boolean hasRun = instance.started != Deadlines.NONE;
        if (hasRun) {
            stop(turn, instance);
        } else {
            deprovision(turn, instance);
        }
    }

    /** Takes down one that runs. */
    void stop(Turn turn, Instance instance) {
        transitions.move(turn, instance, InstanceState.STOPPING);
        instance.hooks = 0;
        nextHook(turn, instance);
    }

    private void nextHook(Turn turn, Instance instance) {
        PreShutdownSpec preShutdown = instance.spec.preShutdown();
        if (instance.hooks < preShutdown.hooks().size()) {
            transitions.await(turn, instance, Step.HOOK, limits.hookTimeout());
            turn.add(new Effect.RunHook(
                    instance.id,
                    instance.call,
                    preShutdown.hooks().get(instance.hooks),
                    instance.container(),
                    instance.ports,
                    limits.hookTimeout()));
            instance.hooks++;
            return;
        }
        Duration wait = preShutdown.waitBeforeKill().toDuration();
        if (wait.isZero()) {
            halt(turn, instance);
        } else {
            transitions.pause(turn, instance, Step.DRAINING, wait);
        }
    }

    void hooked(Turn turn, Instance instance, Outcome outcome) {
        if (outcome instanceof Outcome.Hooked hooked && !hooked.note().isEmpty()) {
            turn.note("pre-shutdown hook of " + instance.id + ": " + hooked.note());
        }
        nextHook(turn, instance);
    }

    void hookExpired(Turn turn, Instance instance) {
        turn.add(new Effect.Abandon(instance.id, instance.call));
        turn.note("pre-shutdown hook of " + instance.id + " did not end in time");
        nextHook(turn, instance);
    }

    /** Its clients have had their time to leave. */
    void halt(Turn turn, Instance instance) {
        transitions.await(turn, instance, Step.HALTING, limits.stopGrace());
        turn.add(new Effect.StopContainer(instance.id, instance.call, instance.container(), limits.stopGrace()));
    }

    /** Nothing of it runs any more, or is to: its container goes. */
    void deprovision(Turn turn, Instance instance) {
        transitions.move(turn, instance, InstanceState.DEPROVISIONING);
        instance.tries = 0;
        remove(turn, instance);
    }

    void remove(Turn turn, Instance instance) {
        transitions.await(turn, instance, Step.REMOVING, limits.removeTimeout());
        turn.add(new Effect.RemoveContainer(instance.id, instance.call, instance.container()));
    }

    void removed(Turn turn, Instance instance, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            pauseRemoval(turn, instance, failed.message());
        } else {
            end(turn, instance);
        }
    }

    void removalExpired(Turn turn, Instance instance) {
        pauseRemoval(turn, instance, "no answer from the engine");
    }

    private void pauseRemoval(Turn turn, Instance instance, String reason) {
        instance.tries++;
        long seconds = 1L << Math.min(instance.tries - 1, 30);
        Duration pause =
                Duration.ofSeconds(Math.min(seconds, limits.removePauseMax().toSeconds()));
        turn.note("container " + instance.container() + " could not be removed, next try in " + pause.toSeconds()
                + " s: " + reason);
        transitions.pause(turn, instance, Step.REMOVE_PAUSE, pause);
    }

    /** There is no container: its ports are free. */
    void end(Turn turn, Instance instance) {
        transitions.end(turn, instance);
        instance.ports.forEach(port -> hostPorts.release(port.hostPort()));
        onEnd.accept(instance);
    }
}
