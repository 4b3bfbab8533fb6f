package io.drove.controller.link;

import io.drove.controller.loop.CommandSink;
import io.drove.controller.loop.ControlLoop;
import io.drove.controller.loop.LeadershipSink;
import io.drove.core.contract.Command;
import io.drove.core.contract.Input;
import io.drove.core.contract.Seed;
import io.drove.core.contract.SessionId;
import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.Presence;
import io.drove.model.app.AppSpec;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.model.wire.SpecBytes;
import io.drove.platform.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All conversations with executors. The newest one of an executor counts. There are conversations only while this controller leads; when that
 * ends, so do they all, and the next leader hears everything anew.
 */
public final class Sessions implements CommandSink, LeadershipSink {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final ControlLoop loop;
    private final InstanceTokens tokens;
    private final Clock clock;
    private final SessionLimits limits;
    private final Outbox.Stationery stationery = new Paper();

    // In the order in which they were opened, and of their executors: whoever goes through them does so in the same
    // order each time.
    private final ConcurrentSkipListMap<Long, Session> all = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<ExecutorId, Session> current = new ConcurrentSkipListMap<>();
    private final AtomicLong openedSoFar = new AtomicLong();
    private final AtomicLong sessionsSoFar = new AtomicLong();
    private final AtomicLong ordersSoFar = new AtomicLong();
    private final LongAdder acknowledgedSoFar = new LongAdder();
    private volatile @Nullable Led led;

    // Of the thread that ticks.
    private long lastTick;
    private long patientUntil;

    /** The epoch in which this controller leads, of which cluster. */
    record Led(long epoch, ClusterId cluster) {}

    /** Why an executor is not welcome. */
    record Refusal(String code, String message) {
        static final Refusal NOT_LEADER = new Refusal("NOT_LEADER", "this controller does not lead");
    }

    public Sessions(ControlLoop loop, InstanceTokens tokens, Clock clock, SessionLimits limits) {
        this.loop = loop;
        this.tokens = tokens;
        this.clock = clock;
        this.limits = limits;
        this.lastTick = now();
        this.patientUntil = lastTick;
    }

    /**
     * A new connection. {@code onReady} is run, by any thread, when there is something to {@link Session#poll}; it must not block and not
     * call back.
     */
    public Session open(Runnable onReady) {
        Session session = new Session(this, openedSoFar.incrementAndGet(), onReady, now());
        all.put(session.number(), session);
        if (all.size() > limits.sessionsMax()) {
            session.fail("more than " + limits.sessionsMax() + " connections");
        }
        return session;
    }

    /** Whether executors are welcome. */
    boolean isLed() {
        return led != null;
    }

    /** Does what is due by the clock; returns after how many nanoseconds to call again. For one thread. */
    public long tick() {
        long now = now();
        long every = limits.heard().toNanos();
        if (now - lastTick < every) {
            return every - (now - lastTick);
        }
        if (now - lastTick > limits.pause().toNanos()) {
            patientUntil = now + limits.silence().toNanos();
        }
        lastTick = now;
        List<ExecutorId> heard = new ArrayList<>();
        current.forEach((executor, session) -> {
            if (session.takeHeard()) {
                heard.add(executor);
            }
        });
        if (!heard.isEmpty()) {
            loop.report(new Input.ExecutorsHeard(seed(), heard));
        }
        boolean isLoopBehind = loop.isBehind();
        for (Session session : all.values()) {
            session.tick(now, now - patientUntil < 0, isLoopBehind);
        }
        return every;
    }

    /** How many executors are connected. */
    public int connected() {
        return current.size();
    }

    /** Orders that wait to be sent, or were sent and not acknowledged, over all present connections. */
    public long ordersOpen() {
        return current.values().stream().mapToLong(Session::ordersOpen).sum();
    }

    /** Orders that executors acknowledged since this process started. */
    public long ordersAcknowledged() {
        return acknowledgedSoFar.sum();
    }

    @Override
    public void send(ClusterState after, List<Command> commands) {
        // Woken when all are there: else each order would leave by itself, ahead of the next one.
        Set<Session> told = new LinkedHashSet<>();
        try {
            for (Command command : commands) {
                Session session = current.get(command.executor());
                if (session != null) {
                    told.add(session);
                    session.command(command, command instanceof Command.Start start ? specOf(after, start) : null);
                }
            }
        } finally {
            told.forEach(Session::ready);
        }
    }

    private static @Nullable AppSpec specOf(ClusterState state, Command.Start start) {
        AppRecord app = state.durable().app(start.app());
        return app == null ? null : app.spec();
    }

    @Override
    public void serving(long epoch, ClusterState state) {
        ClusterId cluster = state.durable().cluster();
        led = cluster == null ? null : new Led(epoch, cluster);
    }

    @Override
    public void ended() {
        led = null;
        for (Session session : all.values()) {
            session.refuse("NOT_LEADER", "this controller does not lead any more");
        }
    }

    /** Hangs up on everybody. */
    public void close() {
        ended();
    }

    // What follows is for sessions, which hold their locks: nothing here waits for another session.

    @Nullable
    Led led() {
        return led;
    }

    @Nullable
    Refusal refusal(Led now, ToController.Hello hello) {
        if (hello.protocol() != SessionProtocol.VERSION) {
            return new Refusal("PROTOCOL", Session.protocolMismatch(hello.protocol()));
        }
        ClusterId cluster = hello.cluster();
        if (cluster != null && !cluster.equals(now.cluster())) {
            return new Refusal(
                    "WRONG_CLUSTER",
                    "this is cluster " + now.cluster() + ", the executor belongs to " + cluster
                            + "; to move it, empty its data directory");
        }
        if (hello.highestEpoch() > now.epoch()) {
            // Another leads, or our journal lost its end; both show when the next barrier is to be written.
            LOG.warn(
                    "executor has seen a later epoch executor={} seen={} ours={}",
                    hello.executor(),
                    hello.highestEpoch(),
                    now.epoch());
            loop.outranked(hello.highestEpoch());
            return new Refusal(
                    "STALE_LEADER",
                    "epoch " + hello.highestEpoch() + " was seen, this controller leads " + now.epoch());
        }
        return null;
    }

    SessionId nextId() {
        return new SessionId(sessionsSoFar.incrementAndGet());
    }

    /** From now on this session is the executor's; returns the one before, which is to be told. */
    @Nullable
    Session join(Session session, ExecutorId executor) {
        LOG.info("executor connected executor={}", executor);
        return current.put(executor, session);
    }

    void left(Session session, String reason) {
        all.remove(session.number());
        ExecutorId executor = session.executor();
        if (executor != null) {
            current.remove(executor, session);
            LOG.info("executor disconnected executor={} why={}", executor, reason);
        }
    }

    void acknowledged(int orders) {
        acknowledgedSoFar.add(orders);
    }

    boolean report(Input input) {
        return loop.report(input);
    }

    @Nullable
    ExecutorRecord known(ExecutorId executor) {
        return loop.published().durable().executor(executor);
    }

    /** Whether the loop takes that session for the executor's. */
    boolean isCurrent(Session session) {
        ExecutorId executor = session.executor();
        Presence presence =
                executor == null ? null : loop.published().observed().presence(executor);
        return presence != null
                && presence.session() != null
                && presence.session().equals(session.id());
    }

    ToExecutor heartbeat() {
        return new ToExecutor.Heartbeat(stationery.epoch());
    }

    Outbox.Stationery stationery() {
        return stationery;
    }

    SessionLimits limits() {
        return limits;
    }

    Seed seed() {
        return loop.nextSeed();
    }

    long now() {
        return clock.read().monotonicNanos();
    }

    private final class Paper implements Outbox.Stationery {
        @Override
        public long nextOrder() {
            return ordersSoFar.incrementAndGet();
        }

        @Override
        public long epoch() {
            Led now = led;
            return now == null ? 0 : now.epoch();
        }

        @Override
        public String digest(AppSpec spec) {
            return SpecBytes.digest(spec);
        }

        @Override
        public String token(Command.Start start) {
            return tokens.token(
                    start.app(),
                    start.instance(),
                    start.executor(),
                    clock.read().wallMillis());
        }
    }
}
