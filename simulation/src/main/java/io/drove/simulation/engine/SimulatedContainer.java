package io.drove.simulation.engine;

import io.drove.core.agent.ContainerPlan;
import io.drove.core.agent.FoundContainer;
import io.drove.model.id.InstanceId;

/** A container, and what it is like. */
public final class SimulatedContainer {
    final ContainerPlan plan;
    final AppTemper temper;
    FoundContainer.Life life = FoundContainer.Life.CREATED;
    int exitCode;
    /** World time from which on it serves. */
    long servesFrom;

    boolean neverServes;
    boolean isFlapping;
    boolean ignoresTerm;
    boolean exitsByItself;
    /** World time until which nothing kills it. */
    long undeadUntil;

    int badChecks;
    boolean hadTrouble;
    boolean wasTold;

    SimulatedContainer(ContainerPlan plan, AppTemper temper) {
        this.plan = plan;
        this.temper = temper;
    }

    public ContainerPlan plan() {
        return plan;
    }

    public InstanceId instance() {
        return plan.instance();
    }

    public boolean isRunning() {
        return life == FoundContainer.Life.RUNNING;
    }

    /** Whether its executor has a reason of its own to take it down: checks that failed as often as the spec allows, or a start that went wrong. */
    public boolean gaveReason() {
        int attempts = Math.min(
                plan.spec().readiness().attempts(), plan.spec().healthcheck().attempts());
        return hadTrouble || badChecks >= attempts;
    }

    void mend(long now) {
        isFlapping = false;
        ignoresTerm = false;
        exitsByItself = false;
        undeadUntil = 0;
        if (neverServes) {
            neverServes = false;
            servesFrom = now;
        }
    }

    boolean serves(long now) {
        boolean isInGoodPhase = !isFlapping || now / 20_000_000_000L % 2 == 0;
        return isRunning() && !neverServes && now >= servesFrom && isInGoodPhase;
    }

    FoundContainer found() {
        return new FoundContainer(
                plan.cluster(), plan.instance(), plan.spec(), plan.allocation(), plan.ports(), life, exitCode);
    }

    @Override
    public String toString() {
        return plan.instance() + "[" + life + " cores " + plan.allocation().cores() + "]";
    }
}
