package io.drove.core.agent;

import io.drove.model.check.CheckSpec;
import io.drove.model.instance.InstanceState;
import java.time.Duration;

/**
 * What checks make of an instance that runs: UNREADY (readiness), READY (first health check, unless readiness asked the same), HEALTHY (periodic
 * checks), or their failure. One that ran before this process did is checked for its health at once.
 */
final class Checks {
    private final AgentLimits limits;
    private final Transitions transitions;
    private final Teardown teardown;
    /** When the last pause of this process was over. */
    private long pauseEnded = Long.MIN_VALUE;

    Checks(AgentLimits limits, Transitions transitions, Teardown teardown) {
        this.limits = limits;
        this.transitions = transitions;
        this.teardown = teardown;
    }

    /** This process did not run for a while, until now: checks that were under way say nothing about their instances. */
    void paused(long now) {
        pauseEnded = now;
    }

    /** A new run of checks. */
    void begin(Turn turn, Instance instance, Duration initialDelay) {
        instance.failures = 0;
        instance.checksBegan = turn.now + initialDelay.toNanos();
        instance.earlyPause = limits.earlyProbe().toNanos();
        if (initialDelay.isZero()) {
            check(turn, instance);
        } else {
            transitions.pause(turn, instance, Step.CHECK_PAUSE, initialDelay);
        }
    }

    /** Asks whether it is ready, or healthy, and waits for the answer. */
    void check(Turn turn, Instance instance) {
        CheckSpec check = checkOf(instance);
        instance.checkBegan = turn.now;
        transitions.await(turn, instance, Step.CHECKING, check.timeout().toDuration());
        turn.add(new Effect.RunCheck(
                instance.id,
                instance.call,
                check.mode(),
                instance.container(),
                instance.ports,
                check.timeout().toDuration()));
    }

    void expired(Turn turn, Instance instance) {
        turn.add(new Effect.Abandon(instance.id, instance.call));
        checked(
                turn,
                instance,
                new Outcome.Unhealthy("no answer within " + limits.callSlack().toSeconds() + " s after the timeout"));
    }

    void checked(Turn turn, Instance instance, Outcome answer) {
        CheckSpec check = checkOf(instance);
        Outcome outcome = answer;
        if (instance.checkBegan < pauseEnded && !(answer instanceof Outcome.Passed)) {
            instance.checksBegan = turn.now;
            outcome = new Outcome.Undecided("the executor was paused during the check");
        }
        switch (outcome) {
            case Outcome.Passed _ -> passed(turn, instance);
            case Outcome.Unhealthy bad -> bad(turn, instance, check, bad.message());
            case Outcome.Failed failed -> bad(turn, instance, check, failed.message());
            case Outcome.Unreachable silent -> unreachable(turn, instance, check, silent.message());
            case Outcome.Undecided undecided -> undecided(turn, instance, check, undecided.message());
            case Outcome.Pulled _, Outcome.Created _, Outcome.Started _ -> {}
            case Outcome.Hooked _, Outcome.Halted _, Outcome.Removed _ -> {}
        }
    }

    private void passed(Turn turn, Instance instance) {
        instance.failures = 0;
        CheckSpec health = instance.spec.healthcheck();
        if (instance.state == InstanceState.UNREADY && !instance.isUnseen) {
            transitions.move(turn, instance, InstanceState.READY);
            if (!isHealthAnswered(instance)) {
                begin(turn, instance, health.initialDelay().toDuration());
                return;
            }
        }
        instance.isUnseen = false;
        if (instance.state != InstanceState.HEALTHY) {
            transitions.move(turn, instance, InstanceState.HEALTHY);
        }
        transitions.pause(turn, instance, Step.CHECK_PAUSE, health.interval().toDuration());
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
            fail(turn, instance, message);
        } else {
            transitions.pause(turn, instance, Step.CHECK_PAUSE, check.interval().toDuration());
        }
    }

    private void unreachable(Turn turn, Instance instance, CheckSpec check, String message) {
        long interval = check.interval().toDuration().toNanos();
        if (!isNew(instance) || turn.now - instance.checksBegan >= interval) {
            bad(turn, instance, check, message);
            return;
        }
        // It has just been started and does not listen yet: ask again soon, and do not hold it against it.
        long pause = Math.min(instance.earlyPause, interval);
        instance.earlyPause = pause + pause / 4;
        transitions.pause(turn, instance, Step.CHECK_PAUSE, Duration.ofNanos(pause));
    }

    private void undecided(Turn turn, Instance instance, CheckSpec check, String message) {
        long patience = check.budgetNanos() + limits.unknownBudget().toNanos();
        if (isNew(instance) && turn.now - instance.checksBegan > patience) {
            fail(turn, instance, message);
        } else {
            transitions.pause(turn, instance, Step.CHECK_PAUSE, check.interval().toDuration());
        }
    }

    /** Whether it has never been healthy. One that ran before us may have been: its leader knows, and has a deadline for those that were not. */
    private static boolean isNew(Instance instance) {
        return instance.state != InstanceState.HEALTHY && !instance.isUnseen;
    }

    /** Its container ended by itself. */
    void died(Turn turn, Instance instance, String reason) {
        transitions.blame(instance, reason);
        boolean isUnready = instance.state == InstanceState.UNREADY;
        transitions.move(turn, instance, isUnready ? InstanceState.READINESS_CHECK_FAILED : InstanceState.UNHEALTHY);
        teardown.deprovision(turn, instance);
    }

    private void fail(Turn turn, Instance instance, String message) {
        boolean isReadiness = isAskedForReadiness(instance);
        teardown.fail(
                turn,
                instance,
                isReadiness ? InstanceState.READINESS_CHECK_FAILED : InstanceState.UNHEALTHY,
                (isReadiness ? "Readiness check failed: " : "Healthcheck failed:") + message);
    }

    private static CheckSpec checkOf(Instance instance) {
        return isAskedForReadiness(instance) ? instance.spec.readiness() : instance.spec.healthcheck();
    }

    private static boolean isAskedForReadiness(Instance instance) {
        return instance.state == InstanceState.UNREADY && !instance.isUnseen;
    }
}
