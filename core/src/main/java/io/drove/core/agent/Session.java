package io.drove.core.agent;

import io.drove.model.app.AppSpec;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.id.ClusterId;
import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The executor's side of the conversation: dial, greet, store the epoch, tell everything, then changes. Whatever goes wrong ends the
 * connection, and the next one starts from the whole picture. Orders of another cluster or an older epoch never come through.
 */
final class Session {
    /** Where the conversation stands. */
    enum Phase {
        /** Before the first dial is wanted, or after the last. */
        CLOSED,
        /** Until the next dial. */
        WAITING,
        DIALLING,
        /** Hello is said. */
        GREETING,
        OPEN
    }

    /** What comes through a session. */
    interface Orders {
        void start(Turn turn, ToExecutor.Start order, AppSpec spec);

        void stop(Turn turn, ToExecutor.Stop order);

        void forget(Turn turn, ToExecutor.Forget order);

        /** The cluster was joined for the first time. */
        void joined(Turn turn, ClusterId cluster);

        /** A session opened: everything is to be told. */
        void opened(Turn turn);

        /** The next frame that is due, or null. */
        @Nullable
        ToController nextFrame();

        void received(long order);
    }

    private final AgentSettings settings;
    private final AgentLimits limits;
    private final Orders orders;

    private Phase phase = Phase.CLOSED;
    private @Nullable ClusterId cluster;
    private long highestEpoch;
    private ExecutorInventory inventory;
    private String inventoryDigest;
    private boolean isInventoryDue;

    private long connection;
    private int failedDials;
    private long nextIn = 1;
    private long nextOut = 1;
    private int inFlight;
    /** When the present phase gives up, or dials. */
    private long deadline = Deadlines.NONE;

    private long lastSent;
    private long lastHeard;

    private @Nullable ClusterId wantedCluster;
    private long wantedEpoch;
    private long persistDeadline = Deadlines.NONE;
    private final Deque<ToExecutor> held = new ArrayDeque<>();
    private final Map<String, AppSpec> specs = new HashMap<>();

    Session(AgentSettings settings, Orders orders) {
        this.settings = settings;
        this.limits = settings.limits();
        this.orders = orders;
        this.cluster = settings.cluster();
        this.highestEpoch = settings.highestEpoch();
        this.inventory = settings.inventory();
        this.inventoryDigest = settings.inventoryDigest();
    }

    Phase phase() {
        return phase;
    }

    @Nullable
    ClusterId cluster() {
        return cluster;
    }

    long highestEpoch() {
        return highestEpoch;
    }

    boolean isBeforeFirstDial() {
        return phase == Phase.WAITING && connection == 0;
    }

    /** Sets when the first dial is due. */
    void dialAt(long at) {
        phase = Phase.WAITING;
        deadline = at;
    }

    long nextDeadline() {
        long next = Math.min(deadline, persistDeadline);
        if (phase == Phase.OPEN || phase == Phase.GREETING) {
            next = Math.min(next, lastHeard + limits.leaderSilence().toNanos());
        }
        if (phase == Phase.OPEN && inFlight < limits.framesInFlight()) {
            next = Math.min(next, lastSent + limits.heartbeat().toNanos());
        }
        return next;
    }

    void timePassed(Turn turn) {
        if (turn.now >= persistDeadline) {
            hangUp(turn, "the epoch could not be stored in time", Duration.ZERO);
        } else if (phase == Phase.WAITING && turn.now >= deadline) {
            dial(turn);
        } else if (phase == Phase.DIALLING && turn.now >= deadline) {
            hangUp(turn, "no connection within " + limits.dialTimeout().toSeconds() + " s", Duration.ZERO);
        } else if (phase == Phase.OPEN || phase == Phase.GREETING) {
            if (turn.now - lastHeard >= limits.leaderSilence().toNanos()) {
                hangUp(turn, "the leader is silent", Duration.ZERO);
            } else if (phase == Phase.OPEN
                    && inFlight < limits.framesInFlight()
                    && turn.now - lastSent >= limits.heartbeat().toNanos()) {
                send(turn, new ToController.Heartbeat());
            }
        }
    }

    void connected(Turn turn, long number) {
        if (phase != Phase.DIALLING || number != connection) {
            turn.add(new Effect.Hangup(number, "no longer wanted"));
            return;
        }
        phase = Phase.GREETING;
        deadline = Deadlines.NONE;
        lastHeard = turn.now;
        // What hello says need not be told again; what changes after it must be.
        isInventoryDue = false;
        send(
                turn,
                new ToController.Hello(
                        SessionProtocol.VERSION,
                        settings.executor(),
                        cluster,
                        highestEpoch,
                        inventoryDigest,
                        settings.version()));
    }

    void disconnected(Turn turn, long number, String reason) {
        if (number == connection && isConnecting()) {
            turn.note("connection to the leader ended: " + reason);
            retreat(turn, Duration.ZERO);
        }
    }

    void sent(long number) {
        if (number == connection && inFlight > 0) {
            inFlight--;
        }
    }

    void received(Turn turn, long number, long sequence, ToExecutor frame) {
        if (number != connection || (phase != Phase.OPEN && phase != Phase.GREETING) || sequence < nextIn) {
            return;
        }
        if (sequence > nextIn) {
            hangUp(turn, "frame " + nextIn + " of the leader is missing, " + sequence + " came", Duration.ZERO);
            return;
        }
        nextIn++;
        lastHeard = turn.now;
        if (isPersisting()) {
            hold(turn, frame);
        } else if (phase == Phase.GREETING) {
            greeted(turn, frame);
        } else {
            obey(turn, frame);
        }
    }

    void persisted(Turn turn, ClusterId storedCluster, long storedEpoch) {
        boolean isFirst = cluster == null;
        cluster = storedCluster;
        highestEpoch = Math.max(highestEpoch, storedEpoch);
        if (isFirst) {
            orders.joined(turn, storedCluster);
        }
        if (!isPersisting() || !storedCluster.equals(wantedCluster) || highestEpoch < wantedEpoch) {
            return;
        }
        persistDeadline = Deadlines.NONE;
        if (phase == Phase.GREETING) {
            open(turn);
        }
        while (!held.isEmpty() && phase == Phase.OPEN && !isPersisting()) {
            obey(turn, held.remove());
        }
    }

    void persistFailed(Turn turn, String reason) {
        if (isPersisting()) {
            hangUp(turn, "the epoch could not be stored: " + reason, Duration.ZERO);
        }
    }

    void inventoryChanged(String digest, ExecutorInventory changed) {
        isInventoryDue |= !digest.equals(inventoryDigest);
        inventory = changed;
        inventoryDigest = digest;
    }

    void leave(Turn turn, String reason) {
        if (phase == Phase.OPEN) {
            send(turn, new ToController.Leaving(reason));
        }
        if (isConnecting()) {
            turn.add(new Effect.Hangup(connection, reason));
        }
        reset();
        phase = Phase.CLOSED;
    }

    /** Hands over what is due, as far as the connection takes it. */
    void flush(Turn turn) {
        while (phase == Phase.OPEN && !isPersisting() && inFlight < limits.framesInFlight()) {
            if (isInventoryDue) {
                isInventoryDue = false;
                send(turn, new ToController.Inventory(inventoryDigest, inventory));
                continue;
            }
            ToController frame = orders.nextFrame();
            if (frame == null) {
                return;
            }
            send(turn, frame);
        }
    }

    private void dial(Turn turn) {
        connection++;
        phase = Phase.DIALLING;
        deadline = turn.now + limits.dialTimeout().toNanos();
        turn.add(new Effect.Dial(connection));
    }

    private void greeted(Turn turn, ToExecutor frame) {
        switch (frame) {
            case ToExecutor.Welcome welcome -> welcomed(turn, welcome);
            case ToExecutor.Refused refused -> refused(turn, refused);
            case ToExecutor.Spec ignored -> unexpected(turn);
            case ToExecutor.Start ignored -> unexpected(turn);
            case ToExecutor.Stop ignored -> unexpected(turn);
            case ToExecutor.Forget ignored -> unexpected(turn);
            case ToExecutor.Heartbeat ignored -> unexpected(turn);
        }
    }

    private void unexpected(Turn turn) {
        hangUp(turn, "the leader did not keep to the protocol", limits.backoffMax());
    }

    private void welcomed(Turn turn, ToExecutor.Welcome welcome) {
        ClusterId own = cluster;
        if (own != null && !own.equals(welcome.cluster())) {
            hangUp(
                    turn,
                    "the leader is of cluster " + welcome.cluster() + ", this executor belongs to " + own
                            + "; to move it, empty its data directory",
                    limits.strangerPause());
            return;
        }
        if (welcome.epoch() < highestEpoch) {
            hangUp(turn, "epoch " + welcome.epoch() + " is over, " + highestEpoch + " was seen", Duration.ZERO);
            return;
        }
        isInventoryDue |= welcome.wantsInventory();
        if (own == null || welcome.epoch() > highestEpoch) {
            persist(turn, welcome.cluster(), welcome.epoch());
        } else {
            open(turn);
        }
    }

    private void refused(Turn turn, ToExecutor.Refused refused) {
        boolean isLasting =
                !refused.code().equals("NOT_LEADER") && !refused.code().equals("STALE_LEADER");
        hangUp(
                turn,
                "refused: " + refused.code() + ", " + refused.message(),
                isLasting ? limits.strangerPause() : Duration.ZERO);
    }

    private void open(Turn turn) {
        phase = Phase.OPEN;
        failedDials = 0;
        orders.opened(turn);
    }

    private void persist(Turn turn, ClusterId newCluster, long epoch) {
        wantedCluster = newCluster;
        wantedEpoch = epoch;
        persistDeadline = turn.now + limits.persistTimeout().toNanos();
        turn.add(new Effect.Persist(newCluster, epoch));
    }

    private boolean isPersisting() {
        return persistDeadline != Deadlines.NONE;
    }

    private void hold(Turn turn, ToExecutor frame) {
        if (held.size() >= limits.framesHeld()) {
            hangUp(turn, "more than " + limits.framesHeld() + " frames wait for the epoch to be stored", Duration.ZERO);
        } else {
            held.add(frame);
        }
    }

    private void obey(Turn turn, ToExecutor frame) {
        switch (frame) {
            case ToExecutor.Welcome ignored -> unexpected(turn);
            case ToExecutor.Refused refused -> refused(turn, refused);
            case ToExecutor.Spec spec -> {
                if (specs.size() >= limits.specsMax()) {
                    hangUp(turn, "more than " + limits.specsMax() + " specs in one session", Duration.ZERO);
                } else {
                    specs.put(spec.digest(), spec.spec());
                }
            }
            case ToExecutor.Start start -> {
                if (isOfThisEpoch(turn, start.epoch(), frame)) {
                    start(turn, start);
                }
            }
            case ToExecutor.Stop stop -> {
                if (isOfThisEpoch(turn, stop.epoch(), frame)) {
                    orders.received(stop.order());
                    orders.stop(turn, stop);
                }
            }
            case ToExecutor.Forget forget -> {
                orders.received(forget.order());
                orders.forget(turn, forget);
            }
            case ToExecutor.Heartbeat heartbeat -> isOfThisEpoch(turn, heartbeat.epoch(), frame);
        }
    }

    private void start(Turn turn, ToExecutor.Start start) {
        AppSpec spec = specs.get(start.specDigest());
        if (spec == null) {
            hangUp(turn, "order " + start.order() + " names a spec that was not sent", Duration.ZERO);
            return;
        }
        orders.received(start.order());
        orders.start(turn, start, spec);
    }

    /** Whether the frame may be obeyed now. A newer epoch is stored first and the frame waits; an older one ends the session. */
    private boolean isOfThisEpoch(Turn turn, long epoch, ToExecutor frame) {
        ClusterId own = cluster;
        if (own == null || epoch < highestEpoch) {
            hangUp(turn, "order of epoch " + epoch + ", " + highestEpoch + " was seen", Duration.ZERO);
            return false;
        }
        if (epoch > highestEpoch) {
            held.addFirst(frame);
            persist(turn, own, epoch);
            return false;
        }
        return true;
    }

    private boolean isConnecting() {
        return phase == Phase.DIALLING || phase == Phase.GREETING || phase == Phase.OPEN;
    }

    private void hangUp(Turn turn, String reason, Duration pauseMin) {
        turn.note("hanging up: " + reason);
        turn.add(new Effect.Hangup(connection, reason));
        retreat(turn, pauseMin);
    }

    private void retreat(Turn turn, Duration pauseMin) {
        reset();
        phase = Phase.WAITING;
        deadline = turn.now + Math.max(backoff(), pauseMin.toNanos());
        failedDials++;
    }

    private void reset() {
        deadline = Deadlines.NONE;
        persistDeadline = Deadlines.NONE;
        held.clear();
        specs.clear();
        nextIn = 1;
        nextOut = 1;
        inFlight = 0;
    }

    /** Doubling from the least pause to the longest, less up to a half by the seed, so that many executors do not come at once. */
    private long backoff() {
        long full = Math.min(
                limits.backoffMin().toNanos() << Math.min(failedDials, 20),
                limits.backoffMax().toNanos());
        long mixed = mix(settings.jitterSeed() + connection);
        return full - Math.floorMod(mixed, Math.max(1, full / 2));
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long seed) {
        long z = seed * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private void send(Turn turn, ToController frame) {
        turn.add(new Effect.Send(connection, nextOut++, frame));
        lastSent = turn.now;
        inFlight++;
    }
}
