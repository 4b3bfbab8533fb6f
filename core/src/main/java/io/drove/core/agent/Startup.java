package io.drove.core.agent;

import io.drove.model.container.Executable;
import io.drove.model.container.PortSpec;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The beginning of an instance: PROVISIONING (pull), STARTING (create, start), until its container runs and is checked. A pull that may work later
 * is tried again; a host port that somebody else holds is given up for another. Or its container was there before this process was, and is adopted.
 */
final class Startup {
    private final AgentSettings settings;
    private final AgentLimits limits;
    private final Transitions transitions;
    private final HostPorts hostPorts;
    private final Checks checks;
    private final Teardown teardown;

    Startup(AgentSettings settings, Transitions transitions, HostPorts hostPorts, Checks checks, Teardown teardown) {
        this.settings = settings;
        this.limits = settings.limits();
        this.transitions = transitions;
        this.hostPorts = hostPorts;
        this.checks = checks;
        this.teardown = teardown;
    }

    void begin(Turn turn, Instance instance) {
        transitions.move(turn, instance, InstanceState.PROVISIONING);
        instance.tries = 0;
        pull(turn, instance);
    }

    void pull(Turn turn, Instance instance) {
        Executable.Docker docker = docker(instance);
        Duration timeout = docker.pullTimeout().toDuration();
        transitions.await(turn, instance, Step.PULLING, timeout);
        turn.add(new Effect.Pull(
                instance.id,
                instance.call,
                docker.url(),
                PullRule.resolve(docker.pullPolicy(), docker.url()),
                timeout));
    }

    void pulled(Turn turn, Instance instance, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            pullFailed(turn, instance, failed);
            return;
        }
        if (outcome instanceof Outcome.Pulled pulled && !pulled.note().isEmpty()) {
            turn.note("image of " + instance.id + ": " + pulled.note());
            transitions.warn(turn, instance, "Image " + docker(instance).url() + " " + pulled.note());
        }
        transitions.move(turn, instance, InstanceState.STARTING);
        instance.tries = 0;
        create(turn, instance);
    }

    private void pullFailed(Turn turn, Instance instance, Outcome.Failed failed) {
        instance.tries++;
        if (failed.worthRetry() && instance.tries < limits.pullTries()) {
            transitions.pause(turn, instance, Step.PULL_PAUSE, Duration.ofSeconds(1L << (instance.tries - 1)));
        } else {
            giveUpPull(turn, instance, failed.message());
        }
    }

    void pullExpired(Turn turn, Instance instance) {
        turn.add(new Effect.Abandon(instance.id, instance.call));
        giveUpPull(
                turn,
                instance,
                "no end after " + docker(instance).pullTimeout().toDuration().toSeconds() + " s");
    }

    private void giveUpPull(Turn turn, Instance instance, String error) {
        String what = "Error while pulling image " + docker(instance).url() + ": ";
        teardown.fail(turn, instance, InstanceState.PROVISIONING_FAILED, what + error);
    }

    private void create(Turn turn, Instance instance) {
        List<PortBinding> chosen = new ArrayList<>();
        for (PortSpec port : instance.spec.exposedPorts()) {
            OptionalInt hostPort = hostPorts.take(turn.now);
            if (hostPort.isEmpty()) {
                chosen.forEach(taken -> hostPorts.release(taken.hostPort()));
                startFailed(turn, instance, "No host port is free in " + settings.ports());
                return;
            }
            chosen.add(new PortBinding(port.name(), port.port(), hostPort.getAsInt(), port.type()));
        }
        instance.ports = List.copyOf(chosen);
        transitions.changed(turn, instance);
        transitions.await(turn, instance, Step.CREATING, limits.createTimeout());
        turn.add(new Effect.Create(instance.id, instance.call, plan(instance)));
    }

    void created(Turn turn, Instance instance, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            engineRefused(turn, instance, failed);
            return;
        }
        transitions.await(turn, instance, Step.LAUNCHING, limits.startTimeout());
        turn.add(new Effect.StartContainer(instance.id, instance.call, plan(instance)));
    }

    void launched(Turn turn, Instance instance, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            engineRefused(turn, instance, failed);
            return;
        }
        runs(turn, instance);
        checks.begin(turn, instance, instance.spec.readiness().initialDelay().toDuration());
    }

    /** Its container was found running: checked at once, without what it needed when it was new. */
    void adopt(Turn turn, Instance instance) {
        instance.isUnseen = true;
        runs(turn, instance);
        checks.begin(turn, instance, Duration.ZERO);
    }

    private void runs(Turn turn, Instance instance) {
        instance.started = turn.now;
        transitions.move(turn, instance, InstanceState.UNREADY);
        turn.add(new Effect.FollowLogs(instance.id, instance.app, instance.container(), instance.isUnseen));
    }

    /** The engine did not create or start the container. If only because of a port, it gets others. */
    private void engineRefused(Turn turn, Instance instance, Outcome.Failed failed) {
        instance.tries++;
        if (failed.takenPort() == 0 || instance.tries >= limits.portTries()) {
            startFailed(turn, instance, failed.message());
            return;
        }
        turn.note("host port " + failed.takenPort() + " is taken by somebody else, " + instance.id + " gets another");
        hostPorts.avoid(failed.takenPort(), turn.now);
        instance.ports.forEach(port -> hostPorts.release(port.hostPort()));
        instance.ports = List.of();
        transitions.await(turn, instance, Step.CLEARING, limits.removeTimeout());
        turn.add(new Effect.RemoveContainer(instance.id, instance.call, instance.container()));
    }

    void cleared(Turn turn, Instance instance, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            startFailed(turn, instance, failed.message());
        } else {
            create(turn, instance);
        }
    }

    /** It did not start, and there is no further try: what may be there of its container is removed. */
    void startFailed(Turn turn, Instance instance, String error) {
        teardown.fail(turn, instance, InstanceState.START_FAILED, error);
    }

    private static Executable.Docker docker(Instance instance) {
        return switch (instance.spec.executable()) {
            case Executable.Docker docker -> docker;
        };
    }

    private ContainerPlan plan(Instance instance) {
        return new ContainerPlan(
                instance.container(),
                instance.cluster,
                instance.id,
                instance.spec,
                instance.allocation,
                instance.ports,
                Environment.of(settings, instance.spec, instance.id, instance.ports, instance.authToken));
    }
}
