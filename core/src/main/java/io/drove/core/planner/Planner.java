package io.drove.core.planner;

import static java.util.Objects.requireNonNull;

import io.drove.core.app.Operations;
import io.drove.core.contract.Change;
import io.drove.core.contract.Input;
import io.drove.core.contract.Now;
import io.drove.core.contract.Reply;
import io.drove.core.instance.Reports;
import io.drove.core.liveness.Liveness;
import io.drove.core.placement.Placement;
import io.drove.core.placement.Request;
import io.drove.core.placement.Room;
import io.drove.core.rollout.Rollout;
import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Due;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Ledger;
import io.drove.core.state.Phase;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides. A function of its arguments; that it remembers the index of the last state it returned only saves building it again. For one caller at a time.
 *
 * <p>What is told or asked is taken down, and {@code more} says that apps are to be looked at; {@code TimePassed} looks at them. So an app of which a hundred instances
 * were reported is looked at once, and nobody's question waits until a thousand instances are placed.
 */
public final class Planner implements Decider {
    /** Apps looked at in one decision; the rest is for the next. An election marks all of them. */
    private static final int APPS_PER_DECISION = 1_000;

    private @Nullable ClusterState indexed;
    private Room room = new Room();

    // The very state that the index follows, not an equal one: comparing a million instances would cost more than
    // building the index.
    @SuppressWarnings("ReferenceEquality")
    @Override
    public Decision decide(ClusterState state, Input input, Now now) {
        if (indexed == null
                || indexed.durable() != state.durable()
                || indexed.observed().presences() != state.observed().presences()) {
            room = Room.of(state);
        }
        indexed = null;
        Ledger ledger = new Ledger(state, now, input.seed(), room);
        if (!(input instanceof Input.LeadershipBegun)) {
            Liveness.noticePause(ledger);
        }
        Reply reply = take(ledger, input);
        ledger.seen();
        indexed = ledger.state();
        boolean more = !ledger.observed().unsettled().isEmpty()
                || ledger.observed().deadlines().due(ledger.now()) != null;
        return new Decision(ledger.state(), ledger.changes(), ledger.commands(), ledger.happenings(), reply, more);
    }

    private @Nullable Reply take(Ledger ledger, Input input) {
        switch (input) {
            case Input.LeadershipBegun begun -> begin(ledger, begun);
            case Input.OperationAsked asked -> {
                return Operations.begin(ledger, asked.operation(), room);
            }
            case Input.CancelAsked asked -> {
                return Operations.cancel(ledger, asked.app());
            }
            case Input.ExecutorConnected connected -> Liveness.connected(ledger, connected);
            case Input.InventoryChanged changed -> {
                Liveness.inventoryChanged(ledger, changed);
                ledger.arm(new Due.PlacementRetry(), ledger.now());
            }
            case Input.InstancesListed listed -> {
                if (Liveness.isCurrent(ledger, listed.executor(), listed.session())) {
                    Reports.settleList(ledger, listed.executor(), listed.instances());
                }
            }
            case Input.InstancesReported reported -> {
                if (Liveness.isCurrent(ledger, reported.executor(), reported.session())) {
                    Liveness.heard(ledger, List.of(reported.executor()));
                    for (InstanceReport report : reported.instances()) {
                        Reports.settle(ledger, reported.executor(), report);
                    }
                }
            }
            case Input.ExecutorsHeard heard -> Liveness.heard(ledger, heard.executors());
            case Input.ExecutorDisconnected gone -> Liveness.disconnected(ledger, gone);
            case Input.FellBehind _ -> Liveness.fellBehind(ledger);
            case Input.TimePassed _ -> {
                fireDue(ledger);
                settle(ledger);
            }
        }
        return null;
    }

    /** The first decision of an epoch: arms everything afresh, and has every app looked at once. */
    private static void begin(Ledger ledger, Input.LeadershipBegun begun) {
        ClusterId cluster = ledger.durable().cluster();
        ledger.forgetObserved();
        ledger.record(
                new Change.EpochBegun(begun.epoch(), cluster == null ? ledger.newClusterId() : cluster, ledger.wall()));
        Liveness.begin(ledger);
        for (AppRecord app : ledger.durable().apps().values()) {
            if (app.running() != null) {
                Operations.resume(ledger, requireNonNull(app.running()));
            }
            if (app.counts().coming() + app.counts().stopping() > 0) {
                for (InstanceRecord instance : app.instances().valuesIterator()) {
                    rearm(ledger, instance);
                }
            }
            ledger.unsettle(app.id());
        }
    }

    private static void rearm(Ledger ledger, InstanceRecord instance) {
        if (instance.phase() == Phase.COMING) {
            Reports.armStart(ledger, instance.id(), instance.app());
        } else if (instance.phase() == Phase.STOPPING) {
            ledger.arm(
                    new Due.StopOverdue(instance.id(), instance.app()),
                    ledger.now() + ledger.limits().stopRetry());
        }
    }

    private void fireDue(Ledger ledger) {
        Due due = ledger.observed().deadlines().due(ledger.now());
        while (due != null && !ledger.isFull()) {
            ledger.disarm(due);
            fire(ledger, due);
            due = ledger.observed().deadlines().due(ledger.now());
        }
    }

    private void fire(Ledger ledger, Due due) {
        switch (due) {
            case Due.OperationStalled(var operation, AppId app) -> Operations.stalled(ledger, operation, app);
            case Due.StartOverdue(InstanceId instance, AppId app) -> Reports.startOverdue(ledger, instance, app);
            case Due.StopOverdue(InstanceId instance, AppId app) -> Reports.stopOverdue(ledger, instance, app);
            case Due.ExecutorSilent(ExecutorId executor) -> Liveness.silent(ledger, executor);
            case Due.ExecutorStale(ExecutorId executor) -> Liveness.stale(ledger, executor);
            case Due.AppRetry(AppId app) -> {
                if (ledger.durable().app(app) != null) {
                    ledger.unsettle(app);
                }
            }
            case Due.GiveUpMore _ -> Liveness.giveUpMore(ledger, new Elsewhere(ledger, new Placement(room)));
            case Due.PlacementRetry _ -> {
                ledger.observed().notPlaced().keySet().toSortedSet().forEach(ledger::unsettle);
                Liveness.giveUpHeld(ledger);
            }
        }
    }

    private void settle(Ledger ledger) {
        Placement placement = new Placement(room);
        int apps = 0;
        while (!ledger.observed().unsettled().isEmpty() && !ledger.isFull() && apps < APPS_PER_DECISION) {
            apps++;
            AppId app = ledger.observed().unsettled().head();
            ledger.settled(app);
            if (ledger.durable().app(app) == null) {
                continue;
            }
            Rollout.advance(ledger, app, placement);
            Operations.follow(ledger, app);
        }
    }

    /** Replaces what is given up on executors that are there. */
    private record Elsewhere(Ledger ledger, Placement placement) implements Liveness.Replacement {
        @Override
        public boolean isPossible(AppId app) {
            return placement.fits(Request.of(ledger.app(app).spec()));
        }

        @Override
        public void make(AppId app) {
            Rollout.advance(ledger, app, placement);
        }
    }
}
