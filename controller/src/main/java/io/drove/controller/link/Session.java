package io.drove.controller.link;

import static java.util.Objects.requireNonNull;

import io.drove.core.contract.Command;
import io.drove.core.contract.Input;
import io.drove.core.contract.SessionId;
import io.drove.core.state.ExecutorRecord;
import io.drove.model.app.AppSpec;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.id.ExecutorId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.model.wire.Numbered;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an executor. The connection brings frames to {@link #receive} one after another, takes from {@link #poll} whenever it is told that
 * there is something, and says when it is {@link #disconnected}. May be used by many threads.
 */
public final class Session {
    private final Sessions hub;
    private final long number;
    private final Runnable onReady;
    private final long opened;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean isHeard = new AtomicBoolean();

    // All of this is guarded by the lock.
    private final Outbox outbox = new Outbox();
    private Phase phase = Phase.GREETING;
    private long nextIn = 1;
    private long nextOut = 1;
    private long lastHeard;
    private long lastSent;
    private @Nullable ExecutorId executor;
    private @Nullable SessionId id;
    private @Nullable Session displaced;
    private String digest = "";
    private @Nullable List<InstanceReport> listing = new ArrayList<>();
    private boolean isListComplete;
    private boolean isLeaving;
    private String endReason = "";
    private long ordersSent;
    private long ordersAcknowledged;

    /** Where the conversation stands. */
    private enum Phase {
        /** Until hello is said. */
        GREETING,
        /** Until the inventory is told. */
        JOINING,
        /** The loop knows of it. */
        OPEN,
        /** What is still to be said is said. */
        ENDING,
        CLOSED
    }

    Session(Sessions hub, long number, Runnable onReady, long now) {
        this.hub = hub;
        this.number = number;
        this.onReady = onReady;
        this.opened = now;
        this.lastHeard = now;
        this.lastSent = now;
    }

    /** Its place in the order in which connections were opened. */
    long number() {
        return number;
    }

    /** Takes the next frame of the executor. */
    public void receive(Numbered<ToController> numbered) {
        Session before = lockedGet(() -> {
            takeNext(numbered);
            Session taken = displaced;
            displaced = null;
            return taken;
        });
        if (before != null) {
            before.fail("a newer connection of the executor took over");
        }
    }

    private void takeNext(Numbered<ToController> numbered) {
        if (phase == Phase.ENDING || phase == Phase.CLOSED || numbered.sequence() < nextIn) {
            return;
        }
        if (numbered.sequence() > nextIn) {
            end("frame " + nextIn + " is missing, " + numbered.sequence() + " came");
            return;
        }
        nextIn++;
        lastHeard = hub.now();
        if (phase == Phase.OPEN) {
            isHeard.set(true);
        }
        take(numbered.frame());
    }

    /** Whether the executor was heard of since the last time. */
    boolean takeHeard() {
        return isHeard.getAndSet(false);
    }

    /** What the connection is to do now. */
    public Outgoing poll() {
        return lockedGet(() -> {
            if (phase == Phase.CLOSED) {
                return new Outgoing.End(endReason);
            }
            ToExecutor frame = outbox.next(hub.stationery(), hub.limits().forgetsPerFrame());
            if (frame != null) {
                lastSent = hub.now();
                ordersSent += isOrder(frame) ? 1 : 0;
                return new Outgoing.Frame(new Numbered<>(nextOut++, frame));
            }
            if (phase == Phase.ENDING) {
                phase = Phase.CLOSED;
                return new Outgoing.End(endReason);
            }
            return new Outgoing.Idle();
        });
    }

    private static boolean isOrder(ToExecutor frame) {
        return switch (frame) {
            case ToExecutor.Start _, ToExecutor.Stop _, ToExecutor.Forget _ -> true;
            case ToExecutor.Welcome _, ToExecutor.Refused _, ToExecutor.Spec _, ToExecutor.Heartbeat _ -> false;
        };
    }

    /** Orders that wait to be sent, or were sent and not acknowledged by the executor. */
    long ordersOpen() {
        return lockedGet(() -> phase == Phase.OPEN ? outbox.orders() + ordersSent - ordersAcknowledged : 0L);
    }

    /** The connection is gone, or cannot go on. */
    public void disconnected(String reason) {
        locked(() -> {
            end(reason);
            phase = Phase.CLOSED;
        });
    }

    /** The connection brought what cannot be understood. */
    public void fail(String reason) {
        locked(() -> end(reason));
    }

    private void take(ToController frame) {
        if (phase == Phase.GREETING && !(frame instanceof ToController.Hello)) {
            end("the first frame must be a hello");
            return;
        }
        switch (frame) {
            case ToController.Hello hello -> greet(hello);
            case ToController.Inventory told -> takeInventory(told.digest(), told.inventory());
            case ToController.Snapshot part -> takeList(part);
            case ToController.Changes changes -> takeChanges(changes);
            case ToController.Heartbeat _ -> {}
            case ToController.Leaving _ -> isLeaving = true;
        }
    }

    private void greet(ToController.Hello hello) {
        if (phase != Phase.GREETING) {
            end("a second hello");
            return;
        }
        // Looked at once: leadership may end at any moment.
        Sessions.Led led = hub.led();
        Sessions.Refusal refusal = led == null ? Sessions.Refusal.NOT_LEADER : hub.refusal(led, hello);
        if (led == null || refusal != null) {
            Sessions.Refusal why = requireNonNull(refusal);
            outbox.say(new ToExecutor.Refused(why.code(), why.message()));
            end(why.code());
            return;
        }
        executor = hello.executor();
        digest = hello.inventoryDigest();
        id = hub.nextId();
        displaced = hub.join(this, hello.executor());
        ExecutorRecord known = hub.known(hello.executor());
        boolean wantsInventory = known == null || !known.digest().equals(digest);
        outbox.say(new ToExecutor.Welcome(led.cluster(), led.epoch(), wantsInventory));
        phase = Phase.JOINING;
        if (!wantsInventory) {
            connect(null);
        }
        onReady.run();
    }

    private void takeInventory(String told, ExecutorInventory inventory) {
        digest = told;
        if (phase == Phase.JOINING) {
            connect(inventory);
        } else {
            report(new Input.InventoryChanged(hub.seed(), requireNonNull(executor), told, inventory));
        }
    }

    private void connect(@Nullable ExecutorInventory inventory) {
        phase = Phase.OPEN;
        report(new Input.ExecutorConnected(
                hub.seed(), requireNonNull(executor), requireNonNull(id), digest, inventory));
        listIfComplete();
    }

    private void takeList(ToController.Snapshot part) {
        List<InstanceReport> all = listing;
        if (all == null || isListComplete) {
            end("a second list of instances");
        } else if (all.size() + part.instances().size() > hub.limits().instancesMax()) {
            end("more than " + hub.limits().instancesMax() + " instances");
        } else {
            all.addAll(part.instances());
            isListComplete = part.last();
            listIfComplete();
        }
    }

    private void listIfComplete() {
        List<InstanceReport> all = listing;
        if (phase == Phase.OPEN && isListComplete && all != null) {
            listing = null;
            tellFailures(all);
            report(new Input.InstancesListed(hub.seed(), requireNonNull(executor), requireNonNull(id), all));
        }
    }

    /** What failed is told before the list, which then finds it settled. */
    private void tellFailures(List<InstanceReport> all) {
        List<InstanceReport> failed =
                all.stream().filter(report -> !report.error().isEmpty()).toList();
        if (!failed.isEmpty()) {
            report(new Input.InstancesReported(hub.seed(), requireNonNull(executor), requireNonNull(id), failed));
        }
    }

    private void takeChanges(ToController.Changes changes) {
        ordersAcknowledged += changes.received().size();
        hub.acknowledged(changes.received().size());
        if (listing != null) {
            end("changes before the list of instances");
        } else if (!changes.instances().isEmpty()) {
            report(new Input.InstancesReported(
                    hub.seed(), requireNonNull(executor), requireNonNull(id), changes.instances()));
        }
    }

    private void report(Input input) {
        if (phase == Phase.OPEN && !hub.report(input)) {
            end("the controller has more to do than it can take");
        }
    }

    /** Takes a command, to be passed on when it is {@link #ready}; {@code spec} is that of the instance's app, null when there is none any more. */
    void command(Command command, @Nullable AppSpec spec) {
        locked(() -> order(command, spec));
    }

    private void order(Command command, @Nullable AppSpec spec) {
        if (phase != Phase.OPEN) {
            return;
        }
        switch (command) {
            case Command.Stop stop -> outbox.stop(stop);
            case Command.Forget forget -> outbox.forget(forget.instance());
            case Command.Start start -> {
                if (spec != null) {
                    outbox.start(start, spec);
                }
            }
        }
        if (outbox.orders() > hub.limits().outboxMax()) {
            end("more than " + hub.limits().outboxMax() + " orders wait");
        } else if (outbox.specsSent() > hub.limits().specsMax()) {
            end("more than " + hub.limits().specsMax() + " specs were sent");
        }
    }

    /** There are commands to be passed on. */
    void ready() {
        onReady.run();
    }

    /** Looks at the clock: hangs up on who is silent, says that we are here. */
    void tick(long now, boolean isPatient, boolean isLoopBehind) {
        locked(() -> watch(now, isPatient, isLoopBehind));
    }

    private void watch(long now, boolean isPatient, boolean isLoopBehind) {
        boolean isGreeting =
                phase == Phase.GREETING || phase == Phase.JOINING || (phase == Phase.OPEN && listing != null);
        if (isGreeting && now - opened >= hub.limits().greeting().toNanos() && !isPatient) {
            end("no list of instances in time");
        } else if (now - lastHeard >= hub.limits().silence().toNanos() && !isPatient) {
            end("silent for " + hub.limits().silence().toSeconds() + " s");
        } else if (phase == Phase.OPEN
                && now - opened >= hub.limits().settling().toNanos()
                && !isLoopBehind
                && !hub.isCurrent(this)) {
            end("given up in the meantime");
        } else if ((phase == Phase.OPEN || phase == Phase.JOINING)
                && outbox.isEmpty()
                && now - lastSent >= hub.limits().heartbeat().toNanos()) {
            outbox.say(hub.heartbeat());
            onReady.run();
        }
    }

    /** Ends the conversation. What was to be said is said, orders are dropped: they can be derived again. */
    private void end(String reason) {
        if (phase == Phase.ENDING || phase == Phase.CLOSED) {
            return;
        }
        boolean wasOpen = phase == Phase.OPEN;
        phase = Phase.ENDING;
        endReason = reason;
        outbox.dropOrders();
        hub.left(this, reason);
        if (wasOpen) {
            hub.report(new Input.ExecutorDisconnected(
                    hub.seed(), requireNonNull(executor), requireNonNull(id), isLeaving));
        }
        onReady.run();
    }

    /** Ends it with a last word. */
    void refuse(String code, String message) {
        locked(() -> {
            if (phase != Phase.ENDING && phase != Phase.CLOSED) {
                outbox.say(new ToExecutor.Refused(code, message));
                end(code);
            }
        });
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private <T extends @Nullable Object> T lockedGet(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    static String protocolMismatch(int theirs) {
        return "this controller speaks version " + SessionProtocol.VERSION + " of the protocol, the executor " + theirs
                + "; run the same release of both";
    }

    // Both are read by the hub while this session holds its lock, or once it has ended.
    @Nullable
    ExecutorId executor() {
        return executor;
    }

    @Nullable
    SessionId id() {
        return id;
    }
}
