package io.drove.core.rollout;

import static java.util.Objects.requireNonNull;

import io.drove.core.contract.Change;
import io.drove.core.contract.Command;
import io.drove.core.instance.Reports;
import io.drove.core.placement.Outcome;
import io.drove.core.placement.Placement;
import io.drove.core.placement.Request;
import io.drove.core.state.AppRecord;
import io.drove.core.state.BackOff;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Ledger;
import io.drove.core.state.OperationRecord;
import io.drove.core.state.Phase;
import io.drove.core.state.Sighting;
import io.drove.model.app.AppOperation;
import io.drove.model.app.AppOperation.ReplaceInstances;
import io.drove.model.app.AppOperation.StopInstances;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Moves an app towards what is wanted, one bounded step at a time. */
public final class Rollout {
    private Rollout() {}

    /** Starts and stops what this app needs now. May leave a rest for the next decision when the ledger is full; the app stays unsettled then. */
    public static void advance(Ledger ledger, AppId id, Placement placement) {
        AppRecord app = ledger.app(id);
        Predicate<ExecutorId> isLost = lostOnes(ledger);
        Step step = step(app, ledger.limits().recoveryParallelism(), isLost);
        for (InstanceRecord instance : choose(app, step, isLost)) {
            if (ledger.isFull()) {
                ledger.unsettle(id);
                return;
            }
            Reports.condemn(ledger, instance, step.kind().reason());
        }
        start(ledger, app, step.starts(), placement);
    }

    /** Which executors are lost; null when none that is holds an instance. */
    private static @Nullable Predicate<ExecutorId> lostOnes(Ledger ledger) {
        return ledger.hasLostHolders()
                ? id -> requireNonNull(ledger.durable().executor(id)).lost()
                : null;
    }

    /** What this app needs now, whether or not it can be had. */
    static Step step(AppRecord app, int recoveryParallelism, @Nullable Predicate<ExecutorId> isLost) {
        OperationRecord.Running running = app.running();
        boolean isReplacing = running != null && running.what() instanceof ReplaceInstances;
        // Who is lost matters to the budget of a replacement alone; looking for them takes a look at each instance.
        Tally tally = Tally.of(app, isReplacing ? isLost : null);
        int parallelism =
                running == null ? recoveryParallelism : running.opSpec().parallelism();
        return switch (running == null ? null : running.what()) {
            case ReplaceInstances replace ->
                replace.stopFirst() ? stopFirst(tally, parallelism) : startFirst(tally, parallelism);
            case StopInstances _ -> stopTargets(tally, parallelism);
            case AppOperation.Create _, AppOperation.StartInstances _, AppOperation.Scale _, AppOperation.Suspend _ ->
                towardsDesired(tally, parallelism, parallelism - tally.stopping());
            case AppOperation.Recover _, AppOperation.Destroy _ ->
                towardsDesired(tally, recoveryParallelism, Integer.MAX_VALUE);
            case null -> towardsDesired(tally, recoveryParallelism, Integer.MAX_VALUE);
        };
    }

    private static Step towardsDesired(Tally tally, int startsAtOnce, int stopsMax) {
        int starts = Math.min(tally.desired() - tally.live(), startsAtOnce - tally.coming());
        int stops = Math.min(tally.live() - tally.desired(), stopsMax);
        return Step.of(starts, stops, Step.Kind.SURPLUS);
    }

    /** New ones first, at most {@code parallelism} beyond the desired count; an old one stops only when enough others are healthy without it. */
    private static Step startFirst(Tally tally, int parallelism) {
        int missing = tally.desired() - tally.newLive();
        int surge = tally.desired() + parallelism - tally.live();
        int starts = Math.min(missing, Math.min(parallelism - tally.newComing(), surge));
        int stops = tally.oldThatMayStop(tally.desired());
        return Step.of(starts, stops, Step.Kind.REPLACED);
    }

    /** Old ones first, at most {@code parallelism} below the desired count. */
    private static Step stopFirst(Tally tally, int parallelism) {
        int stops = tally.oldThatMayStop(tally.desired() - parallelism);
        int starts = Math.min(tally.desired() - tally.live(), parallelism - tally.newComing());
        return Step.of(starts, stops, Step.Kind.REPLACED);
    }

    private static Step stopTargets(Tally tally, int parallelism) {
        int stops = Math.min(tally.oldLive(), parallelism - tally.stopping());
        int starts = Math.min(tally.desired() - tally.live(), parallelism - tally.coming());
        return Step.of(starts, stops, Step.Kind.ASKED);
    }

    private static List<InstanceRecord> choose(AppRecord app, Step step, @Nullable Predicate<ExecutorId> isLost) {
        if (step.stops() == 0) {
            return List.of();
        }
        OperationRecord.Running running = app.running();
        Map<ExecutorId, Integer> crowd = new HashMap<>();
        List<InstanceRecord> candidates = new ArrayList<>();
        for (InstanceRecord instance : app.instances().valuesIterator()) {
            if (instance.phase() != Phase.COMING && instance.phase() != Phase.HEALTHY) {
                continue;
            }
            crowd.merge(instance.executor(), 1, Integer::sum);
            boolean isTarget = running != null && running.targets().contains(instance.id());
            boolean fits = switch (step.kind()) {
                case SURPLUS -> true;
                case REPLACED -> isTarget && instance.phase() == Phase.HEALTHY;
                case ASKED -> isTarget;
            };
            if (fits) {
                candidates.add(instance);
            }
        }
        // Those that cannot be reached go first, then those that do not serve yet, then from where the app is most
        // crowded, then the youngest.
        candidates.sort(
                Comparator.comparing((InstanceRecord instance) -> isLost == null || !isLost.test(instance.executor()))
                        .thenComparing(InstanceRecord::phase)
                        .thenComparingInt(instance -> -crowd.getOrDefault(instance.executor(), 0))
                        .thenComparingLong(instance -> -instance.created())
                        .thenComparing(InstanceRecord::id));
        return candidates.subList(0, Math.min(step.stops(), candidates.size()));
    }

    private static void start(Ledger ledger, AppRecord app, int count, Placement placement) {
        BackOff backOff = ledger.observed().backOffs().getOrElse(app.id(), null);
        boolean mayStart = backOff == null || backOff.until() <= ledger.now();
        if (count == 0 || !mayStart) {
            if (count == 0) {
                ledger.notPlaced(app.id(), null);
            }
            return;
        }
        Request request = Request.of(app.spec());
        for (int i = 0; i < count; i++) {
            if (ledger.isFull()) {
                ledger.unsettle(app.id());
                return;
            }
            switch (placement.place(request)) {
                case Outcome.Placed placed -> start(ledger, app.id(), placed);
                case Outcome.NotPlaced no -> {
                    ledger.notPlaced(app.id(), no.rejection().inWords());
                    return;
                }
            }
        }
        ledger.notPlaced(app.id(), null);
    }

    private static void start(Ledger ledger, AppId app, Outcome.Placed placed) {
        InstanceId instance = ledger.newInstanceId();
        ledger.record(new Change.InstancePlaced(instance, app, placed.executor(), placed.allocation(), ledger.wall()));
        ledger.sighting(instance, Sighting.placedAt(ledger.now()));
        Reports.armStart(ledger, instance, app);
        ledger.command(new Command.Start(placed.executor(), instance, app, placed.allocation()));
    }

    /** How far the running operation is; null when there is none. */
    public static @Nullable Measure measure(AppRecord app) {
        OperationRecord.Running running = app.running();
        return running == null ? null : Measure.of(app, running, Tally.of(app));
    }
}
