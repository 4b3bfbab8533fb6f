package io.drove.core.liveness;

import static java.util.Objects.requireNonNull;

import io.drove.core.contract.Change;
import io.drove.core.contract.Happening;
import io.drove.core.contract.Input;
import io.drove.core.contract.SessionId;
import io.drove.core.state.Due;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Ledger;
import io.drove.core.state.Observed.GivenUp;
import io.drove.core.state.PhaseCounts;
import io.drove.core.state.Presence;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.time.TimeSpan;
import io.vavr.Tuple2;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Decides who is there and who is lost. */
public final class Liveness {
    private static final long SECOND = TimeSpan.ofSeconds(1).toNanos();

    private Liveness() {}

    /** A new leader has seen nobody yet: everybody gets time to find it. */
    public static void begin(Ledger ledger) {
        ledger.patience(ledger.now() + ledger.limits().electionGrace());
        for (ExecutorRecord executor : ledger.durable().executors().values()) {
            if (executor.lost()) {
                ledger.arm(
                        new Due.ExecutorStale(executor.id()),
                        ledger.now() + ledger.limits().executorShown());
            } else {
                ledger.presence(executor.id(), new Presence(null, false, ledger.now(), false));
                ledger.arm(
                        new Due.ExecutorSilent(executor.id()),
                        ledger.now() + ledger.limits().electionGrace());
            }
        }
        ledger.arm(new Due.GiveUpMore(), ledger.now());
    }

    /** After a pause of ours, what others said in the meantime may still be on its way. */
    public static void noticePause(Ledger ledger) {
        long gap = ledger.now() - ledger.observed().seen();
        if (gap > ledger.limits().pause()) {
            // Executors may have hung up on us meanwhile: they have to find us again, as after an election.
            ledger.patience(Math.max(
                    ledger.observed().patienceUntil(),
                    ledger.now() + ledger.limits().electionGrace()));
            ledger.happen(new Happening.Alarm("controller paused for " + gap / 1_000_000
                    + " ms; silent executors are not given up before they could be heard again"));
        }
    }

    /** Nobody is lost while what they told waits; after that they have the usual time. */
    public static void fellBehind(Ledger ledger) {
        if (ledger.observed().patienceUntil() < ledger.now()) {
            ledger.happen(new Happening.Alarm(
                    "what executors tell waits for long; until it is decided, silent ones are not given up"));
        }
        ledger.patience(Math.max(
                ledger.observed().patienceUntil(),
                ledger.now() + ledger.limits().lostAfter()));
    }

    public static void connected(Ledger ledger, Input.ExecutorConnected input) {
        ExecutorRecord known = ledger.durable().executor(input.executor());
        if (input.inventory() != null && (known == null || !known.digest().equals(input.digest()))) {
            ledger.record(
                    new Change.ExecutorRegistered(input.executor(), input.digest(), input.inventory(), ledger.wall()));
        } else if (known == null) {
            ledger.happen(new Happening.Alarm("executor " + input.executor() + " connected without its inventory"));
            return;
        }
        if (requireNonNull(ledger.durable().executor(input.executor())).lost()) {
            ledger.record(new Change.ExecutorReturned(input.executor(), ledger.wall()));
        }
        ledger.presence(input.executor(), new Presence(input.session(), false, ledger.now(), false));
        ledger.arm(
                new Due.ExecutorSilent(input.executor()),
                ledger.now() + ledger.limits().lostAfter());
    }

    public static void inventoryChanged(Ledger ledger, Input.InventoryChanged input) {
        ExecutorRecord known = ledger.durable().executor(input.executor());
        if (known != null && !known.digest().equals(input.digest())) {
            ledger.record(
                    new Change.ExecutorRegistered(input.executor(), input.digest(), input.inventory(), ledger.wall()));
        }
    }

    public static void disconnected(Ledger ledger, Input.ExecutorDisconnected input) {
        if (!isCurrent(ledger, input.executor(), input.session())) {
            return;
        }
        Presence presence = requireNonNull(ledger.observed().presence(input.executor()));
        ledger.presence(input.executor(), new Presence(null, false, presence.heard(), input.announced()));
        ledger.arm(
                new Due.ExecutorSilent(input.executor()),
                ledger.now()
                        + (input.announced()
                                ? ledger.limits().restartGrace()
                                : ledger.limits().lostAfter()));
    }

    /** Whether that is the executor's newest connection; what older ones still bring is void. */
    public static boolean isCurrent(Ledger ledger, ExecutorId executor, SessionId session) {
        Presence presence = ledger.observed().presence(executor);
        return presence != null && session.equals(presence.session());
    }

    /** The executor told all its instances: from now on it gets work. */
    public static void listed(Ledger ledger, ExecutorId executor) {
        Presence presence = requireNonNull(ledger.observed().presence(executor));
        ledger.presence(executor, new Presence(presence.session(), true, ledger.now(), false));
    }

    public static void heard(Ledger ledger, List<ExecutorId> executors) {
        for (ExecutorId executor : executors) {
            Presence presence = ledger.observed().presence(executor);
            if (presence != null && presence.session() != null) {
                ledger.presence(executor, new Presence(presence.session(), presence.isListed(), ledger.now(), false));
            }
        }
    }

    /** Its deadline passed: lost, unless it was heard of in the meantime or the doubt is on our side. */
    public static void silent(Ledger ledger, ExecutorId executor) {
        Presence presence = ledger.observed().presence(executor);
        ExecutorRecord record = ledger.durable().executor(executor);
        if (presence == null || record == null || record.lost()) {
            return;
        }
        long grace = presence.isLeaving()
                ? ledger.limits().restartGrace()
                : ledger.limits().lostAfter();
        long deadline = Math.max(presence.heard() + grace, ledger.observed().patienceUntil());
        if (ledger.now() < deadline) {
            ledger.arm(new Due.ExecutorSilent(executor), deadline);
            return;
        }
        ledger.absent(executor);
        ledger.record(new Change.ExecutorLost(executor, ledger.wall()));
        ledger.arm(new Due.GiveUpMore(), ledger.now());
    }

    /** A lost executor was shown long enough: whatever it still holds is given up. */
    public static void stale(Ledger ledger, ExecutorId executor) {
        ExecutorRecord record = ledger.durable().executor(executor);
        if (record != null && record.lost()) {
            for (InstanceId instance : sorted(record, _ -> true)) {
                giveUp(ledger, instance, appOf(record, instance));
            }
            ledger.record(new Change.ExecutorForgotten(executor));
        }
    }

    /** Another instance in the place of one that is given up. */
    public interface Replacement {
        /** Whether there is a place for another instance of that app. */
        boolean isPossible(AppId app);

        /** Takes that place. */
        void make(AppId app);
    }

    /**
     * Gives up instances of lost executors, as many as this second allows. One that is wanted is given up only when another can take its place: giving it up
     * otherwise helps nobody, and would stop it should its executor come back.
     */
    public static void giveUpMore(Ledger ledger, Replacement replacement) {
        GivenUp window = ledger.observed().givenUp();
        if (ledger.now() - window.since() >= SECOND) {
            window = new GivenUp(ledger.now(), 0, false);
        }
        int left = ledger.limits().givenUpPerSecond(ledger.durable().instances().all()) - window.count();
        // Apps for which there is no place, and whether they have instances that need none.
        Map<AppId, Boolean> held = new HashMap<>();
        int count = 0;
        boolean isMore = false;
        Iterator<ExecutorId> executors = ledger.durable().lostHolders().iterator();
        while (executors.hasNext() && !isMore) {
            ExecutorRecord executor = requireNonNull(ledger.durable().executor(executors.next()));
            for (InstanceId instance : sorted(executor, app -> held.getOrDefault(app, true))) {
                isMore = count >= left || ledger.isFull();
                if (isMore) {
                    break;
                }
                count += settleLost(ledger, instance, appOf(executor, instance), held, replacement) ? 1 : 0;
            }
        }
        ledger.givenUp(new GivenUp(window.since(), window.count() + count, !held.isEmpty()));
        if (isMore) {
            ledger.arm(new Due.GiveUpMore(), count >= left ? window.since() + SECOND : ledger.now());
        }
    }

    /** There may be room now for what was held back: another look, but for this only one a second, since each goes through all that lost executors had. */
    public static void giveUpHeld(Ledger ledger) {
        GivenUp window = ledger.observed().givenUp();
        // One that goes on, or that is due, is not put off.
        if (window.isHolding() && !ledger.observed().deadlines().isArmed(new Due.GiveUpMore())) {
            ledger.arm(new Due.GiveUpMore(), Math.max(ledger.now(), window.since() + SECOND));
        }
    }

    /** Says whether it was given up; an app for which there is no place is asked for once. */
    private static boolean settleLost(
            Ledger ledger, InstanceId id, AppId app, Map<AppId, Boolean> held, Replacement replacement) {
        InstanceRecord instance = requireNonNull(ledger.durable().instance(app, id));
        boolean isWanted = switch (instance.phase()) {
            case COMING, HEALTHY -> true;
            case FAILING, STOPPING -> false;
        };
        if (isWanted && (held.containsKey(app) || !replacement.isPossible(app))) {
            held.computeIfAbsent(app, it -> hasUnwanted(ledger, it));
            return false;
        }
        giveUp(ledger, id, app);
        if (isWanted) {
            replacement.make(app);
        }
        return true;
    }

    private static void giveUp(Ledger ledger, InstanceId instance, AppId app) {
        ledger.record(new Change.InstanceGivenUp(instance, app, "Instance lost", ledger.wall()));
    }

    /** Whether it has instances that are given up without another in their place. */
    private static boolean hasUnwanted(Ledger ledger, AppId app) {
        PhaseCounts counts = ledger.app(app).counts();
        return counts.failing() + counts.stopping() > 0;
    }

    /** Its instances of those apps, in an order that depends on nothing else. */
    private static List<InstanceId> sorted(ExecutorRecord executor, Predicate<AppId> isLookedFor) {
        List<InstanceId> all = new ArrayList<>();
        for (Tuple2<InstanceId, AppId> instance : executor.instances()) {
            if (isLookedFor.test(instance._2)) {
                all.add(instance._1);
            }
        }
        all.sort(null);
        return all;
    }

    private static AppId appOf(ExecutorRecord executor, InstanceId instance) {
        return executor.instances().get(instance).get();
    }
}
