package io.drove.core.agent;

import io.drove.model.Surrogates;
import io.drove.model.check.CheckSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.PortSpec;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The life of one instance: what each answer, event and deadline makes of it (reference 6.2).
 *
 * <p>PENDING, PROVISIONING (pull), STARTING (create, start), UNREADY (readiness), READY (first health check, unless readiness asked the same), HEALTHY (periodic checks), then
 * STOPPING (hooks, wait, stop), DEPROVISIONING (remove), STOPPED. A failure passes through its own state on the way and keeps its text. Removal
 * is tried until it works, since cores and ports are not free before.
 */
final class Lifecycle {
    private final AgentSettings settings;
    private final AgentLimits limits;
    private final Deadlines deadlines;
    private final HostPorts hostPorts;
    private final Consumer<Instance> onEnd;
    private final Consumer<Instance> onChange;
    private long lastCall;
    /** When the last pause of this process was over. */
    private long pauseEnded = Long.MIN_VALUE;

    Lifecycle(
            AgentSettings settings,
            Deadlines deadlines,
            HostPorts hostPorts,
            Consumer<Instance> onChange,
            Consumer<Instance> onEnd) {
        this.settings = settings;
        this.limits = settings.limits();
        this.deadlines = deadlines;
        this.hostPorts = hostPorts;
        this.onChange = onChange;
        this.onEnd = onEnd;
    }

    /** A new instance sets out. */
    void begin(Turn turn, Instance instance) {
        move(turn, instance, InstanceState.PROVISIONING);
        instance.tries = 0;
        pull(turn, instance);
    }

    /** An instance that cannot be run at all ends before it began. */
    void refuse(Turn turn, Instance instance, String reason) {
        instance.error = reason;
        end(turn, instance);
    }

    /** Its container was found running: checked at once, without what it needed when it was new. */
    void adoptRunning(Turn turn, Instance instance) {
        ports(instance);
        instance.started = turn.now;
        instance.isUnseen = true;
        move(turn, instance, InstanceState.UNREADY);
        turn.add(new Effect.FollowLogs(instance.id, instance.app, instance.container(), true));
        beginChecks(turn, instance, Duration.ZERO);
    }

    /** Its container was found, and does not run. */
    void adoptDead(Turn turn, Instance instance, String reason) {
        ports(instance);
        instance.error = reason;
        deprovision(turn, instance);
    }

    private void ports(Instance instance) {
        instance.ports.forEach(port -> hostPorts.hold(port.hostPort()));
    }

    /** The leader wants it gone; accepted in every state. */
    void stop(Turn turn, Instance instance) {
        switch (instance.step) {
            case PULLING -> {
                turn.add(new Effect.Abandon(instance.id, instance.call));
                end(turn, instance);
            }
            case PULL_PAUSE -> end(turn, instance);
            case CREATING, LAUNCHING -> {
                // The engine is at it: what comes of it is removed, when it is known or its deadline has come.
                instance.step = Step.UNWINDING;
                move(turn, instance, InstanceState.STOPPING);
            }
            case CLEARING -> deprovision(turn, instance);
            case CHECK_PAUSE -> beginStop(turn, instance);
            case CHECKING -> {
                turn.add(new Effect.Abandon(instance.id, instance.call));
                beginStop(turn, instance);
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
            case PULLING -> pulled(turn, instance, outcome);
            case CREATING -> created(turn, instance, outcome);
            case LAUNCHING -> launched(turn, instance, outcome);
            case CLEARING -> cleared(turn, instance, outcome);
            case CHECKING -> checked(turn, instance, outcome);
            case UNWINDING -> deprovision(turn, instance);
            case HOOK -> hooked(turn, instance, outcome);
            case HALTING -> deprovision(turn, instance);
            case REMOVING -> removed(turn, instance, outcome);
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

    private void cleared(Turn turn, Instance instance, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            fail(turn, instance, InstanceState.START_FAILED, failed.message());
        } else {
            create(turn, instance);
        }
    }

    private void hooked(Turn turn, Instance instance, Outcome outcome) {
        if (outcome instanceof Outcome.Hooked hooked && !hooked.note().isEmpty()) {
            turn.note("pre-shutdown hook of " + instance.id + ": " + hooked.note());
        }
        nextHook(turn, instance);
    }

    private void removed(Turn turn, Instance instance, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            pauseRemoval(turn, instance, failed.message());
        } else {
            end(turn, instance);
        }
    }

    /** An answer that nobody waits for any more. What it brought to life must not stay. */
    void lateAnswer(Turn turn, Instance instance, Outcome outcome) {
        if (!(outcome instanceof Outcome.Created) && !(outcome instanceof Outcome.Started)) {
            return;
        }
        switch (instance.step) {
            case REMOVING, REMOVE_PAUSE -> remove(turn, instance);
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
        deadlines.set(instance, Deadlines.NONE);
        switch (instance.step) {
            case PULLING -> {
                turn.add(new Effect.Abandon(instance.id, instance.call));
                fail(
                        turn,
                        instance,
                        InstanceState.PROVISIONING_FAILED,
                        pullError(instance) + "no end after "
                                + pullTimeout(instance).toSeconds() + " s");
            }
            case PULL_PAUSE -> pull(turn, instance);
            case CREATING ->
                fail(turn, instance, InstanceState.START_FAILED, "The engine did not create the container in time");
            case LAUNCHING ->
                fail(turn, instance, InstanceState.START_FAILED, "The engine did not start the container in time");
            case CLEARING ->
                fail(turn, instance, InstanceState.START_FAILED, "The engine did not remove the container in time");
            case CHECK_PAUSE -> check(turn, instance);
            case CHECKING -> {
                turn.add(new Effect.Abandon(instance.id, instance.call));
                checked(
                        turn,
                        instance,
                        new Outcome.Unhealthy(
                                "no answer within " + limits.callSlack().toSeconds() + " s after the timeout"));
            }
            case UNWINDING -> deprovision(turn, instance);
            case HOOK -> {
                turn.add(new Effect.Abandon(instance.id, instance.call));
                turn.note("pre-shutdown hook of " + instance.id + " did not end in time");
                nextHook(turn, instance);
            }
            case DRAINING -> halt(turn, instance);
            case HALTING -> deprovision(turn, instance);
            case REMOVING -> pauseRemoval(turn, instance, "no answer from the engine");
            case REMOVE_PAUSE -> remove(turn, instance);
            case ENDED -> {}
        }
    }

    /** Its container ended. */
    void died(Turn turn, Instance instance, String reason) {
        switch (instance.step) {
            // It may end before its start is answered.
            case LAUNCHING -> fail(turn, instance, InstanceState.START_FAILED, reason);
            case CHECK_PAUSE, CHECKING -> {
                if (instance.step == Step.CHECKING) {
                    turn.add(new Effect.Abandon(instance.id, instance.call));
                }
                setError(instance, reason);
                boolean isUnready = instance.state == InstanceState.UNREADY;
                move(turn, instance, isUnready ? InstanceState.READINESS_CHECK_FAILED : InstanceState.UNHEALTHY);
                deprovision(turn, instance);
            }
            case HOOK, DRAINING, HALTING -> deprovision(turn, instance);
            case PULLING, PULL_PAUSE, CREATING, CLEARING, UNWINDING, REMOVING, REMOVE_PAUSE, ENDED -> {}
        }
    }

    private void pull(Turn turn, Instance instance) {
        Executable.Docker docker = docker(instance);
        await(turn, instance, Step.PULLING, pullTimeout(instance));
        turn.add(new Effect.Pull(
                instance.id,
                instance.call,
                docker.url(),
                PullRule.resolve(docker.pullPolicy(), docker.url()),
                pullTimeout(instance)));
    }

    private void pulled(Turn turn, Instance instance, Outcome outcome) {
        if (!(outcome instanceof Outcome.Failed failed)) {
            if (outcome instanceof Outcome.Pulled pulled && !pulled.note().isEmpty()) {
                turn.note("image of " + instance.id + ": " + pulled.note());
                warn(turn, instance, "Image " + docker(instance).url() + " " + pulled.note());
            }
            move(turn, instance, InstanceState.STARTING);
            instance.tries = 0;
            create(turn, instance);
            return;
        }
        instance.tries++;
        if (failed.worthRetry() && instance.tries < limits.pullTries()) {
            pause(turn, instance, Step.PULL_PAUSE, Duration.ofSeconds(1L << (instance.tries - 1)));
        } else {
            fail(turn, instance, InstanceState.PROVISIONING_FAILED, pullError(instance) + failed.message());
        }
    }

    private void create(Turn turn, Instance instance) {
        List<PortBinding> chosen = new ArrayList<>();
        for (PortSpec port : instance.spec.exposedPorts()) {
            OptionalInt hostPort = hostPorts.take(turn.now);
            if (hostPort.isEmpty()) {
                chosen.forEach(taken -> hostPorts.release(taken.hostPort()));
                fail(turn, instance, InstanceState.START_FAILED, "No host port is free in " + settings.ports());
                return;
            }
            chosen.add(new PortBinding(port.name(), port.port(), hostPort.getAsInt(), port.type()));
        }
        instance.ports = List.copyOf(chosen);
        changed(turn, instance);
        await(turn, instance, Step.CREATING, limits.createTimeout());
        turn.add(new Effect.Create(instance.id, instance.call, plan(instance)));
    }

    private void created(Turn turn, Instance instance, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            startFailed(turn, instance, failed);
            return;
        }
        await(turn, instance, Step.LAUNCHING, limits.startTimeout());
        turn.add(new Effect.StartContainer(instance.id, instance.call, plan(instance)));
    }

    private void launched(Turn turn, Instance instance, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            startFailed(turn, instance, failed);
            return;
        }
        instance.started = turn.now;
        move(turn, instance, InstanceState.UNREADY);
        turn.add(new Effect.FollowLogs(instance.id, instance.app, instance.container(), false));
        beginChecks(turn, instance, instance.spec.readiness().initialDelay().toDuration());
    }

    private void startFailed(Turn turn, Instance instance, Outcome.Failed failed) {
        instance.tries++;
        if (failed.takenPort() == 0 || instance.tries >= limits.portTries()) {
            fail(turn, instance, InstanceState.START_FAILED, failed.message());
            return;
        }
        turn.note("host port " + failed.takenPort() + " is taken by somebody else, " + instance.id + " gets another");
        hostPorts.avoid(failed.takenPort(), turn.now);
        releasePorts(instance);
        await(turn, instance, Step.CLEARING, limits.removeTimeout());
        turn.add(new Effect.RemoveContainer(instance.id, instance.call, instance.container()));
    }

    private void beginChecks(Turn turn, Instance instance, Duration initialDelay) {
        instance.failures = 0;
        instance.checksBegan = turn.now + initialDelay.toNanos();
        instance.earlyPause = limits.earlyProbe().toNanos();
        if (initialDelay.isZero()) {
            check(turn, instance);
        } else {
            pause(turn, instance, Step.CHECK_PAUSE, initialDelay);
        }
    }

    private void check(Turn turn, Instance instance) {
        CheckSpec check = checkOf(instance);
        instance.checkBegan = turn.now;
        await(turn, instance, Step.CHECKING, check.timeout().toDuration());
        turn.add(new Effect.RunCheck(
                instance.id,
                instance.call,
                check.mode(),
                instance.container(),
                instance.ports,
                check.timeout().toDuration()));
    }

    /** This process did not run for a while, until now: checks that were under way say nothing about their instances. */
    void paused(long now) {
        pauseEnded = now;
    }

    private void checked(Turn turn, Instance instance, Outcome answer) {
        CheckSpec check = checkOf(instance);
        Outcome outcome = answer;
        if (instance.checkBegan < pauseEnded && !(answer instanceof Outcome.Passed)) {
            instance.checksBegan = turn.now;
            outcome = new Outcome.Undecided("the executor was paused during the check");
        }
        Duration interval = check.interval().toDuration();
        switch (outcome) {
            case Outcome.Passed ignored -> passed(turn, instance);
            case Outcome.Unhealthy bad -> bad(turn, instance, check, bad.message());
            case Outcome.Failed failed -> bad(turn, instance, check, failed.message());
            case Outcome.Unreachable silent -> {
                boolean isNew = instance.state != InstanceState.HEALTHY
                        && !instance.isUnseen
                        && turn.now - instance.checksBegan < interval.toNanos();
                if (isNew) {
                    // It has just been started and does not listen yet: ask again soon, and do not hold it against it.
                    long pause = Math.min(instance.earlyPause, interval.toNanos());
                    instance.earlyPause = pause + pause / 4;
                    pause(turn, instance, Step.CHECK_PAUSE, Duration.ofNanos(pause));
                } else {
                    bad(turn, instance, check, silent.message());
                }
            }
            case Outcome.Undecided undecided -> {
                long patience = check.budgetNanos() + limits.unknownBudget().toNanos();
                // One that ran before us may have been healthy: its leader knows, and has a deadline for those that
                // were not.
                boolean isNew = instance.state != InstanceState.HEALTHY && !instance.isUnseen;
                if (isNew && turn.now - instance.checksBegan > patience) {
                    checksFailed(turn, instance, undecided.message());
                } else {
                    pause(turn, instance, Step.CHECK_PAUSE, interval);
                }
            }
            case Outcome.Pulled _, Outcome.Created _, Outcome.Started _ -> {}
            case Outcome.Hooked _, Outcome.Halted _, Outcome.Removed _ -> {}
        }
    }

    private void passed(Turn turn, Instance instance) {
        instance.failures = 0;
        if (instance.state == InstanceState.UNREADY && !instance.isUnseen) {
            move(turn, instance, InstanceState.READY);
            if (!isHealthAnswered(instance)) {
                beginChecks(
                        turn,
                        instance,
                        instance.spec.healthcheck().initialDelay().toDuration());
                return;
            }
        }
        instance.isUnseen = false;
        if (instance.state != InstanceState.HEALTHY) {
            move(turn, instance, InstanceState.HEALTHY);
        }
        pause(
                turn,
                instance,
                Step.CHECK_PAUSE,
                instance.spec.healthcheck().interval().toDuration());
    }

    /** Whether the readiness check that has just passed was the first health check too: the same question, answered as soon, and not before a pause. */
    private boolean isHealthAnswered(Instance instance) {
        CheckSpec readiness = instance.spec.readiness();
        CheckSpec health = instance.spec.healthcheck();
        return instance.checkBegan >= pauseEnded
                && health.mode().equals(readiness.mode())
                && health.initialDelay().toDuration().isZero()
                && health.timeout().toDuration().compareTo(readiness.timeout().toDuration()) >= 0;
    }

    private void bad(Turn turn, Instance instance, CheckSpec check, String message) {
        instance.failures++;
        if (instance.failures >= check.attempts()) {
            checksFailed(turn, instance, message);
        } else {
            pause(turn, instance, Step.CHECK_PAUSE, check.interval().toDuration());
        }
    }

    private void checksFailed(Turn turn, Instance instance, String message) {
        boolean isReadiness = instance.state == InstanceState.UNREADY && !instance.isUnseen;
        fail(
                turn,
                instance,
                isReadiness ? InstanceState.READINESS_CHECK_FAILED : InstanceState.UNHEALTHY,
                (isReadiness ? "Readiness check failed: " : "Healthcheck failed:") + message);
    }

    private CheckSpec checkOf(Instance instance) {
        return instance.state == InstanceState.UNREADY && !instance.isUnseen
                ? instance.spec.readiness()
                : instance.spec.healthcheck();
    }

    /** Passes through the state that names the failure, then takes down whatever there is. */
    private void fail(Turn turn, Instance instance, InstanceState state, String error) {
        setError(instance, error);
        move(turn, instance, state);
        boolean hasRun = instance.started != Deadlines.NONE;
        if (hasRun) {
            beginStop(turn, instance);
        } else {
            deprovision(turn, instance);
        }
    }

    private void beginStop(Turn turn, Instance instance) {
        move(turn, instance, InstanceState.STOPPING);
        instance.hooks = 0;
        nextHook(turn, instance);
    }

    private void nextHook(Turn turn, Instance instance) {
        var hooks = instance.spec.preShutdown().hooks();
        if (instance.hooks < hooks.size()) {
            await(turn, instance, Step.HOOK, limits.hookTimeout());
            turn.add(new Effect.RunHook(
                    instance.id,
                    instance.call,
                    hooks.get(instance.hooks),
                    instance.container(),
                    instance.ports,
                    limits.hookTimeout()));
            instance.hooks++;
            return;
        }
        Duration wait = instance.spec.preShutdown().waitBeforeKill().toDuration();
        if (wait.isZero()) {
            halt(turn, instance);
        } else {
            pause(turn, instance, Step.DRAINING, wait);
        }
    }

    private void halt(Turn turn, Instance instance) {
        await(turn, instance, Step.HALTING, limits.stopGrace());
        turn.add(new Effect.StopContainer(instance.id, instance.call, instance.container(), limits.stopGrace()));
    }

    private void deprovision(Turn turn, Instance instance) {
        move(turn, instance, InstanceState.DEPROVISIONING);
        instance.tries = 0;
        remove(turn, instance);
    }

    private void remove(Turn turn, Instance instance) {
        await(turn, instance, Step.REMOVING, limits.removeTimeout());
        turn.add(new Effect.RemoveContainer(instance.id, instance.call, instance.container()));
    }

    private void pauseRemoval(Turn turn, Instance instance, String reason) {
        instance.tries++;
        long seconds = 1L << Math.min(instance.tries - 1, 30);
        Duration pause =
                Duration.ofSeconds(Math.min(seconds, limits.removePauseMax().toSeconds()));
        turn.note("container " + instance.container() + " could not be removed, next try in " + pause.toSeconds()
                + " s: " + reason);
        pause(turn, instance, Step.REMOVE_PAUSE, pause);
    }

    private void end(Turn turn, Instance instance) {
        move(turn, instance, InstanceState.STOPPED);
        instance.step = Step.ENDED;
        instance.call = 0;
        deadlines.set(instance, Deadlines.NONE);
        instance.ports.forEach(port -> hostPorts.release(port.hostPort()));
        onEnd.accept(instance);
    }

    private void releasePorts(Instance instance) {
        instance.ports.forEach(port -> hostPorts.release(port.hostPort()));
        instance.ports = List.of();
    }

    private void move(Turn turn, Instance instance, InstanceState to) {
        InstanceState from = instance.state;
        Duration after = Duration.ofNanos(turn.now - instance.entered);
        instance.state = to;
        instance.entered = turn.now;
        changed(turn, instance);
        InstanceReport report = instance.report();
        turn.add(new Effect.Moved(report, from, after));
    }

    private void changed(Turn turn, Instance instance) {
        instance.updated = turn.wall;
        onChange.accept(instance);
    }

    /** Keeps the first reason: what follows it is only its consequence. */
    private void setError(Instance instance, String error) {
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

    /** Waits for an answer, for as long as the call itself may take and a little more. */
    private void await(Turn turn, Instance instance, Step step, Duration timeout) {
        instance.step = step;
        instance.call = ++lastCall;
        deadlines.set(instance, after(turn.now, timeout.plus(limits.callSlack())));
    }

    private void pause(Turn turn, Instance instance, Step step, Duration length) {
        instance.step = step;
        instance.call = 0;
        deadlines.set(instance, after(turn.now, length));
    }

    /** {@code now} plus a length, never past the end of time. */
    private static long after(long now, Duration length) {
        long nanos = length.compareTo(Duration.ofDays(100_000)) > 0 ? Deadlines.NONE : length.toNanos();
        return nanos > Deadlines.NONE - 1 - now ? Deadlines.NONE - 1 : now + nanos;
    }

    private static Executable.Docker docker(Instance instance) {
        return switch (instance.spec.executable()) {
            case Executable.Docker docker -> docker;
        };
    }

    private static Duration pullTimeout(Instance instance) {
        return docker(instance).pullTimeout().toDuration();
    }

    private static String pullError(Instance instance) {
        return "Error while pulling image " + docker(instance).url() + ": ";
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
