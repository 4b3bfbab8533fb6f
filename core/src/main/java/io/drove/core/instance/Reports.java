package io.drove.core.instance;

import static java.util.Objects.requireNonNull;

import io.drove.core.contract.Change;
import io.drove.core.contract.Command;
import io.drove.core.contract.StopReason;
import io.drove.core.liveness.Liveness;
import io.drove.core.state.Due;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Ledger;
import io.drove.core.state.Phase;
import io.drove.core.state.Sighting;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Settles what executors say of their instances. */
public final class Reports {
    /**
     * An executor forgets how its instances ended when it is killed. What it said before is kept ({@link Phase#FAILING}); if it could not say
     * anything, it is at least clear that nobody asked for this end.
     */
    private static final String GONE =
            "Instance lost: its executor has it no longer; it ended while the executor could not say why";

    private Reports() {}

    /**
     * All that an executor has. What it should have and does not name: a start that never arrived is sent again; anything else is gone. Absence ends
     * an instance only here, where the executor itself says that it is not there, and then nothing is left to be stopped.
     */
    public static void settleList(Ledger ledger, ExecutorId executor, List<InstanceReport> reports) {
        Set<InstanceId> named = new HashSet<>();
        for (InstanceReport report : reports) {
            named.add(report.id());
            settle(ledger, executor, report);
        }
        ExecutorRecord record = requireNonNull(ledger.durable().executor(executor));
        new TreeMap<>(record.instances().toJavaMap()).forEach((id, app) -> {
            if (!named.contains(id)) {
                missing(ledger, requireNonNull(ledger.durable().instance(app, id)));
            }
        });
        new TreeMap<>(record.ghosts().toJavaMap()).forEach((id, _) -> {
            if (!named.contains(id)) {
                ledger.record(new Change.GhostGone(id, executor));
            }
        });
        Liveness.listed(ledger, executor);
        ledger.arm(new Due.PlacementRetry(), ledger.now());
    }

    /** One report. */
    public static void settle(Ledger ledger, ExecutorId executor, InstanceReport report) {
        InstanceRecord instance = ledger.durable().instance(report.app(), report.id());
        if (instance == null || !instance.executor().equals(executor)) {
            settleGhost(ledger, executor, report);
        } else if (report.state().isTerminal()) {
            end(ledger, instance, report);
        } else {
            // What it means depends on what was seen before, so it is looked up first.
            move(ledger, instance, report);
            see(ledger, instance, report);
        }
    }

    /** Not healthy in time: condemned, and counted as a failed start. */
    public static void startOverdue(Ledger ledger, InstanceId id, AppId app) {
        InstanceRecord instance = ledger.durable().instance(app, id);
        if (instance != null && instance.phase() == Phase.COMING) {
            long patience = ledger.observed().patienceUntil();
            if (ledger.now() < patience) {
                // That it is healthy may have been told.
                ledger.arm(new Due.StartOverdue(id, app), patience);
                return;
            }
            Failures.count(ledger, instance);
            condemn(ledger, instance, StopReason.START_TIMEOUT);
        }
    }

    /** A stop that was not answered is sent again. */
    public static void stopOverdue(Ledger ledger, InstanceId id, AppId app) {
        InstanceRecord instance = ledger.durable().instance(app, id);
        if (instance != null && instance.phase() == Phase.STOPPING) {
            sendStop(ledger, instance);
            ledger.arm(
                    new Due.StopOverdue(id, app), ledger.now() + ledger.limits().stopRetry());
        }
    }

    /** Decides that this instance is to be stopped, and tells its executor. */
    public static void condemn(Ledger ledger, InstanceRecord instance, StopReason reason) {
        ledger.record(new Change.InstanceCondemned(instance.id(), instance.app(), reason, ledger.wall()));
        ledger.command(new Command.Stop(instance.executor(), instance.id(), reason));
        if (requireNonNull(ledger.durable().executor(instance.executor())).lost()) {
            // Nobody will obey; it is given up, and stopped by name should its executor come back.
            ledger.arm(new Due.GiveUpMore(), ledger.now());
        }
    }

    /** The latest moment at which an instance of that app that is placed now must be healthy: pull, checks, and some slack. */
    public static void armStart(Ledger ledger, InstanceId id, AppId app) {
        ledger.arm(
                new Due.StartOverdue(id, app),
                ledger.now() + StartBudget.nanos(ledger.app(app).spec(), ledger.limits()));
    }

    private static void sendStop(Ledger ledger, InstanceRecord instance) {
        StopReason reason = requireNonNull(instance.stopReason());
        ledger.command(new Command.Stop(instance.executor(), instance.id(), reason));
    }

    private static void missing(Ledger ledger, InstanceRecord instance) {
        switch (instance.phase()) {
            case COMING ->
                ledger.command(
                        new Command.Start(instance.executor(), instance.id(), instance.app(), instance.allocation()));
            case HEALTHY -> {
                Failures.count(ledger, instance);
                end(ledger, instance, InstanceState.LOST, GONE);
            }
            case FAILING -> end(ledger, instance, InstanceState.LOST, instance.error());
            case STOPPING -> end(ledger, instance, InstanceState.STOPPED, instance.error());
        }
    }

    private static void settleGhost(Ledger ledger, ExecutorId executor, InstanceReport report) {
        ExecutorRecord record = requireNonNull(ledger.durable().executor(executor));
        boolean isGhost = record.ghosts().containsKey(report.id());
        if (report.state().isTerminal()) {
            if (isGhost) {
                ledger.record(new Change.GhostGone(report.id(), executor));
                ledger.arm(new Due.PlacementRetry(), ledger.now());
            }
            ledger.command(new Command.Forget(executor, report.id()));
            return;
        }
        if (!isGhost) {
            ledger.record(new Change.StrangerCondemned(report.id(), executor, ledger.wall()));
        }
        if (!isFailing(report.state())) {
            ledger.command(new Command.Stop(executor, report.id(), StopReason.GIVEN_UP));
        }
    }

    private static void end(Ledger ledger, InstanceRecord instance, InstanceReport report) {
        if (instance.phase() == Phase.COMING || instance.phase() == Phase.HEALTHY) {
            Failures.count(ledger, instance);
        }
        String error = report.error().isEmpty() ? instance.error() : report.error();
        end(ledger, instance, report.state(), error);
        ledger.command(new Command.Forget(instance.executor(), instance.id()));
    }

    private static void end(Ledger ledger, InstanceRecord instance, InstanceState state, String error) {
        ledger.record(new Change.InstanceEnded(instance.id(), instance.app(), state, error, ledger.wall()));
        ledger.arm(new Due.PlacementRetry(), ledger.now());
    }

    private static void see(Ledger ledger, InstanceRecord instance, InstanceReport report) {
        Sighting before = ledger.observed().sighting(instance.id());
        long placed = before == null ? 0 : before.placed();
        long healthySince = -1;
        if (report.state() == InstanceState.HEALTHY) {
            healthySince = before == null || before.healthySince() < 0 ? ledger.now() : before.healthySince();
        }
        ledger.sighting(
                instance.id(),
                new Sighting(report.state(), report.ports(), report.error(), placed, healthySince, report.updated()));
        if (before == null ? isNews(instance.phase(), report.state()) : before.state() != report.state()) {
            ledger.moved(instance, report.state(), report.error(), report.ports());
        }
    }

    private static boolean isNews(Phase phase, InstanceState state) {
        return !(phase == Phase.HEALTHY && state == InstanceState.HEALTHY);
    }

    /** Only the edges to and from healthy are facts; all other states are sightings. */
    private static void move(Ledger ledger, InstanceRecord instance, InstanceReport report) {
        switch (instance.phase()) {
            case COMING, FAILING -> {
                if (report.state() == InstanceState.HEALTHY) {
                    ledger.record(
                            new Change.InstanceHealthy(instance.id(), instance.app(), report.ports(), ledger.wall()));
                } else if (instance.phase() == Phase.COMING && isFailing(report.state())) {
                    fail(ledger, instance, report);
                }
            }
            case HEALTHY -> {
                if (isFailing(report.state())) {
                    fail(ledger, instance, report);
                }
            }
            case STOPPING -> {
                // A stop that was lost with an old connection would leave it running.
                if (!isFailing(report.state()) && report.state() != InstanceState.UNKNOWN) {
                    sendStop(ledger, instance);
                }
            }
        }
    }

    private static void fail(Ledger ledger, InstanceRecord instance, InstanceReport report) {
        Failures.count(ledger, instance);
        ledger.record(new Change.InstanceFailed(instance.id(), instance.app(), report.error(), ledger.wall()));
    }

    private static boolean isFailing(InstanceState state) {
        return !state.isComing() && state != InstanceState.UNKNOWN;
    }
}
