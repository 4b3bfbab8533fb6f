package io.drove.simulation.node;

import io.drove.controller.loop.CommandSink;
import io.drove.controller.loop.ControlLoop;
import io.drove.controller.loop.LeadershipSink;
import io.drove.core.contract.Command;
import io.drove.core.contract.Happening;
import io.drove.core.contract.Input;
import io.drove.core.contract.SessionId;
import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.ExecutorRecord;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.model.wire.SpecDigest;
import io.drove.simulation.network.Line;
import io.drove.simulation.time.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The controller's side of the sessions. */
final class ThinLink implements CommandSink, LeadershipSink, Line.End<ToController> {
    private static final Duration TICK = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(7);

    private static final class Session {
        final Line line;
        final SessionId id;
        final ExecutorId executor;
        final String digest;
        final Set<String> specs = new HashSet<>();
        final List<InstanceReport> listed = new ArrayList<>();
        boolean isConnected;
        boolean isLeaving;
        long nextIn = 1;
        long nextOut;
        long orders;
        long heard;

        Session(Line line, SessionId id, ExecutorId executor, String digest, long heard) {
            this.line = line;
            this.id = id;
            this.executor = executor;
            this.digest = digest;
            this.heard = heard;
        }
    }

    private final SimulatedProcess process;
    private final ControlLoop loop;
    private final TreeMap<ExecutorId, Session> sessions = new TreeMap<>();
    private final TreeSet<ExecutorId> heard = new TreeSet<>();
    private final Set<String> digests = new HashSet<>();
    private long sessionCount;

    ThinLink(SimulatedProcess process, ControlLoop loop) {
        this.process = process;
        this.loop = loop;
        tick();
    }

    private void tick() {
        long now = process.monotonic();
        for (Session session : List.copyOf(sessions.values())) {
            if (now - session.heard > SILENCE.toNanos()) {
                end(session, "silent", true);
            } else {
                say(session, new ToExecutor.Heartbeat(loop.epoch()));
            }
        }
        tellHeard();
        process.after(TICK.toNanos(), this::tick);
    }

    private void tellHeard() {
        if (!heard.isEmpty()) {
            loop.report(new Input.ExecutorsHeard(loop.nextSeed(), List.copyOf(heard)));
            heard.clear();
        }
    }

    @Override
    public void received(Line line, long sequence, ToController frame) {
        if (frame instanceof ToController.Hello hello) {
            if (sequence == 0) {
                greet(line, hello);
            }
            return;
        }
        Session session = sessionOf(line);
        if (session == null || sequence < session.nextIn) {
            return;
        }
        if (sequence > session.nextIn) {
            end(session, "a frame is missing", true);
            return;
        }
        session.nextIn++;
        session.heard = process.monotonic();
        heard.add(session.executor);
        if (!take(session, frame)) {
            end(session, "the loop does not take it", true);
        }
    }

    private @Nullable Session sessionOf(Line line) {
        for (Session session : sessions.values()) {
            if (session.line == line) {
                return session;
            }
        }
        return null;
    }

    private void greet(Line line, ToController.Hello hello) {
        ClusterState state = loop.published();
        ClusterId cluster = state.durable().cluster();
        if (!loop.isLeading() || cluster == null) {
            refuse(line, "NOT_LEADER");
            return;
        }
        if (hello.cluster() != null && !hello.cluster().equals(cluster)) {
            refuse(line, "WRONG_CLUSTER");
            return;
        }
        if (hello.highestEpoch() > loop.epoch()) {
            refuse(line, "STALE_LEADER");
            return;
        }
        Session old = sessions.get(hello.executor());
        if (old != null) {
            end(old, "a newer session", true);
        }
        sessionCount++;
        Session session = new Session(
                line,
                new SessionId(sessionCount),
                hello.executor(),
                hello.inventoryDigest(),
                process.monotonic());
        sessions.put(hello.executor(), session);
        ExecutorRecord known = state.durable().executor(hello.executor());
        boolean wantsInventory = known == null || !known.digest().equals(hello.inventoryDigest());
        say(session, new ToExecutor.Welcome(cluster, loop.epoch(), wantsInventory));
        if (!wantsInventory && !connect(session, null)) {
            end(session, "the loop does not take it", true);
        }
    }

    private void refuse(Line line, String code) {
        line.toExecutor(0, new ToExecutor.Refused(code, "no session here"), () -> {});
        line.closeFromController("refused: " + code);
    }

    private boolean connect(Session session, ToController.@Nullable Inventory inventory) {
        session.isConnected = true;
        return loop.report(new Input.ExecutorConnected(
                loop.nextSeed(),
                session.executor,
                session.id,
                inventory == null ? session.digest : inventory.digest(),
                inventory == null ? null : inventory.inventory()));
    }

    private boolean take(Session session, ToController frame) {
        switch (frame) {
            case ToController.Inventory inventory -> {
                return session.isConnected
                        ? loop.report(new Input.InventoryChanged(
                                loop.nextSeed(), session.executor, inventory.digest(), inventory.inventory()))
                        : connect(session, inventory);
            }
            case ToController.Snapshot snapshot -> {
                session.listed.addAll(snapshot.instances());
                return !snapshot.last()
                        || loop.report(new Input.InstancesListed(
                                loop.nextSeed(), session.executor, session.id, session.listed));
            }
            case ToController.Changes changes -> {
                return changes.instances().isEmpty()
                        || loop.report(new Input.InstancesReported(
                                loop.nextSeed(), session.executor, session.id, changes.instances()));
            }
            case ToController.Leaving _ -> {
                session.isLeaving = true;
                return true;
            }
            case ToController.Heartbeat _, ToController.Hello _ -> {
                return true;
            }
        }
    }

    @Override
    public void closed(Line line, String reason) {
        Session session = sessionOf(line);
        if (session != null) {
            end(session, reason, true);
        }
    }

    private void end(Session session, String reason, boolean tells) {
        sessions.remove(session.executor);
        session.line.closeFromController(reason);
        if (tells) {
            loop.report(new Input.ExecutorDisconnected(
                    loop.nextSeed(), session.executor, session.id, session.isLeaving));
        }
    }

    @Override
    public void send(ClusterState after, List<Command> commands) {
        for (Command command : commands) {
            Session session = sessions.get(command.executor());
            if (session != null) {
                send(after, session, command);
            }
        }
    }

    private void send(ClusterState after, Session session, Command command) {
        switch (command) {
            case Command.Start start -> {
                AppRecord app = after.durable().app(start.app());
                if (app == null) {
                    return;
                }
                String digest = SpecDigest.of(app.spec());
                digests.add(digest);
                if (session.specs.add(digest)) {
                    say(session, new ToExecutor.Spec(digest, app.spec()));
                }
                say(
                        session,
                        new ToExecutor.Start(
                                ++session.orders,
                                loop.epoch(),
                                start.instance(),
                                start.app(),
                                digest,
                                start.allocation(),
                                null));
            }
            case Command.Stop stop ->
                say(
                        session,
                        new ToExecutor.Stop(
                                ++session.orders, loop.epoch(), stop.instance(), stop.reason().words()));
            case Command.Forget forget ->
                say(session, new ToExecutor.Forget(++session.orders, List.of(forget.instance())));
        }
    }

    private void say(Session session, ToExecutor frame) {
        session.line.toExecutor(session.nextOut++, frame, () -> {});
    }

    void happened(List<Happening> happenings) {
        for (Happening happening : happenings) {
            if (happening instanceof Happening.ExecutorRemoved removed) {
                Session session = sessions.get(removed.executor());
                if (session != null) {
                    end(session, "given up as lost", true);
                }
            }
        }
    }

    @Override
    public void serving(long epoch, ClusterState state) {}

    @Override
    public void ended() {
        for (Session session : List.copyOf(sessions.values())) {
            end(session, "not the leader any more", false);
        }
        heard.clear();
    }
}
