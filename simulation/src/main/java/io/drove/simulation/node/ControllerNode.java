package io.drove.simulation.node;

import io.drove.controller.link.InstanceTokens;
import io.drove.controller.link.SessionLimits;
import io.drove.controller.link.Sessions;
import io.drove.controller.loop.ControlLoop;
import io.drove.controller.loop.LeadershipSink;
import io.drove.controller.loop.LoopLimits;
import io.drove.controller.loop.LoopObserver;
import io.drove.controller.loop.Outlets;
import io.drove.controller.loop.Replica;
import io.drove.controller.loop.Unavailable;
import io.drove.core.contract.Reply;
import io.drove.core.contract.Seed;
import io.drove.core.planner.Decider;
import io.drove.core.planner.Planner;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Limits;
import io.drove.model.app.AppOperation;
import io.drove.model.id.AppId;
import io.drove.model.session.ToExecutor;
import io.drove.platform.journal.Journal;
import io.drove.platform.security.Secret;
import io.drove.simulation.journal.JournalDisk;
import io.drove.simulation.journal.JournalGroup;
import io.drove.simulation.journal.SimulatedJournal;
import io.drove.simulation.network.Line;
import io.drove.simulation.network.SimulatedNetwork;
import io.drove.simulation.time.Dice;
import io.drove.simulation.time.SimulatedProcess;
import io.drove.simulation.time.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One controller: its disk and, while it runs, the real loop with its replica and its sessions. */
public final class ControllerNode {
    private static final InstanceTokens TOKENS = new InstanceTokens(new Secret("simulated"));

    private final Timeline timeline;
    private final Dice dice;
    private final JournalGroup group;
    private final JournalDisk disk;
    private final SimulatedProcess process;
    private final Seams seams;
    private final NodeWatcher watcher;
    private @Nullable Life present;

    public ControllerNode(
            String name, Timeline timeline, Dice dice, JournalGroup group, Seams seams, NodeWatcher watcher) {
        this.timeline = timeline;
        this.dice = dice;
        this.group = group;
        this.disk = group.disk(name);
        this.process = new SimulatedProcess(name, timeline);
        this.seams = seams;
        this.watcher = watcher;
    }

    public SimulatedProcess process() {
        return process;
    }

    public JournalDisk disk() {
        return disk;
    }

    public boolean believesToLead() {
        return present != null && process.isRunning() && present.loop.isLeading();
    }

    /** The newest durable state that it would show; null while it is down. */
    public @Nullable ClusterState published() {
        return present == null ? null : present.loop.published();
    }

    public void start() {
        if (process.isRunning()) {
            return;
        }
        process.start(dice.millis(0, 1_000_000_000));
        timeline.tell("controller starts", process.name());
        present = new Life();
        present.begin();
    }

    public void kill() {
        if (process.isRunning()) {
            timeline.tell("controller killed", process.name());
            process.kill();
            present = null;
            group.review();
        }
    }

    /** An executor dials; null when nobody answers. */
    @Nullable
    Line accept(SimulatedNetwork network, SimulatedProcess executor, Line.End<ToExecutor> executorEnd) {
        if (present == null) {
            return null;
        }
        LinkEnd end = new LinkEnd(present.sessions, process);
        Line line = network.open(executor, process, executorEnd, end);
        end.open(line);
        return line;
    }

    /** A client asks; it hears the reply, or why there is none. */
    public void ask(AppOperation operation, BiConsumer<@Nullable Reply, @Nullable Unavailable> answer) {
        Life life = present;
        if (life != null) {
            answer(life, life.loop.ask(operation), (reply, failure) -> {
                if (reply != null) {
                    watcher.answered(process.name(), operation, reply);
                }
                answer.accept(reply, failure);
            });
        }
    }

    /** A client wants to cancel what goes on with an app. */
    public void cancel(AppId app, BiConsumer<@Nullable Reply, @Nullable Unavailable> answer) {
        Life life = present;
        if (life != null) {
            answer(life, life.loop.cancel(app), answer);
        }
    }

    private void answer(
            Life life, CompletionStage<Reply> stage, BiConsumer<@Nullable Reply, @Nullable Unavailable> answer) {
        stage.whenComplete((reply, failure) -> {
            Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
            if (cause != null && !(cause instanceof Unavailable)) {
                watcher.broke(process.name(), cause);
            } else if (present == life) {
                answer.accept(reply, (Unavailable) cause);
            }
        });
    }

    /** One start of the process. */
    private final class Life implements LoopObserver {
        private final Replica replica = new Replica(Limits.DEFAULT, false);
        private final Journal journal = seams.journal(new SimulatedJournal(group, disk, process));
        private final ControlLoop loop;
        private final Sessions sessions;
        private long wakeAt = Long.MAX_VALUE;
        private boolean isStepping;

        Life() {
            Planner planner = new Planner();
            Decider guarded = (state, input, now) -> {
                try {
                    return planner.decide(state, input, now);
                } catch (RuntimeException bug) {
                    watcher.broke(process.name(), new IllegalStateException("deciding " + input, bug));
                    throw bug;
                }
            };
            loop = new ControlLoop(new ControlLoop.Parts(
                    seams.decider(guarded),
                    replica,
                    journal,
                    process,
                    () -> new Seed(dice.nextLong(), dice.nextLong()),
                    LoopLimits.DEFAULT,
                    this));
            sessions = new Sessions(loop, TOKENS, process, SessionLimits.DEFAULT);
        }

        void begin() {
            loop.connect(new Outlets(sessions, (_, _, _) -> {}, new Leading()));
            loop.onWork(() -> wakeIn(dice.millis(0, 1)));
            guard(() -> journal.start(new Watched(seams.machine(replica)), loop));
            wakeIn(0);
        }

        private void wakeIn(long nanos) {
            long at = timeline.now() + nanos;
            if (at < wakeAt && !isStepping) {
                wakeAt = at;
                process.after(nanos, () -> {
                    if (wakeAt == at || wakeAt <= timeline.now()) {
                        step();
                    }
                });
            } else if (isStepping) {
                wakeAt = Math.min(wakeAt, at);
            }
        }

        private void step() {
            wakeAt = Long.MAX_VALUE;
            isStepping = true;
            long sleep = guarded();
            isStepping = false;
            long at = Math.min(wakeAt, timeline.now() + Math.max(sleep, 20_000));
            wakeAt = Long.MAX_VALUE;
            wakeIn(at - timeline.now());
        }

        private long guarded() {
            try {
                return Math.min(loop.step(), sessions.tick());
            } catch (RuntimeException bug) {
                watcher.broke(process.name(), bug);
                return Duration.ofMinutes(1).toNanos();
            }
        }

        private void guard(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException bug) {
                watcher.broke(process.name(), bug);
            }
        }

        @Override
        public void stepped(Step step) {}

        @Override
        public void durable(long nanos) {}

        @Override
        public void failed() {
            watcher.broke(process.name(), new IllegalStateException("an input broke the program"));
        }

        /** Tells of each state to which the journal leads this controller. */
        private final class Watched implements Journal.StateMachine {
            private final Journal.StateMachine real;

            Watched(Journal.StateMachine real) {
                this.real = real;
            }

            @Override
            public void apply(long index, byte[] batch) {
                Replica.View before = replica.view();
                real.apply(index, batch);
                Replica.View after = replica.view();
                if (after.sequence() != before.sequence()) {
                    watcher.applied(process.name(), after.sequence(), after.durable());
                }
            }

            @Override
            public Journal.SnapshotWriter capture() {
                return real.capture();
            }

            @Override
            public void restore(long index, InputStream snapshot) throws IOException {
                real.restore(index, snapshot);
                Replica.View restored = replica.view();
                watcher.applied(process.name(), restored.sequence(), restored.durable());
            }
        }

        private final class Leading implements LeadershipSink {
            @Override
            public void serving(long epoch, ClusterState state) {
                timeline.tell("serving", process.name(), "epoch " + epoch);
                watcher.serving(process.name(), epoch);
                sessions.serving(epoch, state);
            }

            @Override
            public void ended() {
                timeline.tell("serving no more", process.name());
                sessions.ended();
            }
        }
    }
}
