package io.drove.simulation.node;

import io.drove.core.agent.Agent;
import io.drove.core.agent.AgentInput;
import io.drove.core.agent.AgentLimits;
import io.drove.core.agent.AgentSettings;
import io.drove.core.agent.ContainerPlan;
import io.drove.core.agent.Effect;
import io.drove.core.agent.FoundContainer;
import io.drove.core.agent.Outcome;
import io.drove.core.agent.PortRange;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.simulation.engine.SimulatedEngine;
import io.drove.simulation.network.Line;
import io.drove.simulation.network.SimulatedNetwork;
import io.drove.simulation.time.Dice;
import io.drove.simulation.time.SimulatedProcess;
import io.drove.simulation.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One machine: its disk, its container engine and, while it runs, the executor's process with the real agent. */
public final class ExecutorNode {
    private static final PortRange PORTS = new PortRange(20_000, 20_299);
    /** Seconds for one controller. */
    private static final int DIAL_TRIES = 4;

    private final ExecutorId id;
    private final Timeline timeline;
    private final Dice dice;
    private final SimulatedNetwork network;
    private final Supplier<List<ControllerNode>> controllers;
    private final SimulatedEngine engine;
    private final SimulatedProcess process;
    private final ExecutorInventory inventory;
    private final Seams seams;
    private final NodeWatcher watcher;

    // On disk.
    private @Nullable ClusterId cluster;
    private long epoch;

    private @Nullable Life present;
    private boolean hasPower = true;
    private boolean isGone;

    public ExecutorNode(
            ExecutorInventory inventory,
            Timeline timeline,
            Dice dice,
            SimulatedNetwork network,
            Supplier<List<ControllerNode>> controllers,
            SimulatedEngine engine,
            Seams seams,
            NodeWatcher watcher) {
        this.id = ExecutorId.of(inventory.hostname(), inventory.port());
        this.timeline = timeline;
        this.dice = dice;
        this.network = network;
        this.controllers = controllers;
        this.engine = engine;
        this.process = new SimulatedProcess(inventory.hostname(), timeline);
        this.inventory = inventory;
        this.seams = seams;
        this.watcher = watcher;
    }

    public ExecutorId id() {
        return id;
    }

    public ExecutorInventory inventory() {
        return inventory;
    }

    public SimulatedProcess process() {
        return process;
    }

    public SimulatedEngine engine() {
        return engine;
    }

    public boolean hasPower() {
        return hasPower;
    }

    public void start() {
        if (!process.isRunning() && hasPower) {
            process.start(dice.millis(0, 1_000_000_000));
            timeline.tell("executor starts", process.name());
            present = new Life();
            present.begin();
        }
    }

    /** Killed, or stopped after saying so. */
    public void stop(boolean announced) {
        if (!process.isRunning()) {
            return;
        }
        timeline.tell(announced ? "executor leaves" : "executor killed", process.name());
        if (announced && present != null && process.isAwake()) {
            present.give(new AgentInput.Leave("restart"));
        }
        end(false);
    }

    /** The whole machine goes down, with all that runs on it. */
    public void losePower() {
        timeline.tell("machine loses power", process.name());
        hasPower = false;
        end(true);
        engine.losePower();
    }

    public void regainPower() {
        if (!isGone) {
            hasPower = true;
            start();
        }
    }

    /** A machine without power never comes back. */
    public void scrapIfDown() {
        isGone = !hasPower;
    }

    private void end(boolean machineIsGone) {
        process.kill();
        present = null;
        engine.clientGone();
        network.processEnded(process, machineIsGone);
    }

    /** The engine's daemon stops for a while; what runs goes on. */
    public void restartEngine(long nanos) {
        timeline.tell("engine down", process.name());
        engine.goDown();
        timeline.after(nanos, () -> {
            timeline.tell("engine up", process.name());
            engine.comeUp();
            if (present != null) {
                present.survey();
            }
        });
    }

    /** One start of the process. */
    private final class Life implements Line.End<ToExecutor> {
        private final long lifeNumber = process.life();
        private final AgentPort agent;
        private final Map<Long, Long> epochs = new HashMap<>();
        private final Map<Long, Long> diskEpochs = new HashMap<>();
        private final TreeMap<Long, Line> lines = new TreeMap<>();
        private long wakeAt = Long.MAX_VALUE;
        private long welcomeEpoch;

        Life() {
            Agent real = new Agent(new AgentSettings(
                    id,
                    cluster,
                    epoch,
                    "simulated",
                    inventory,
                    Integer.toHexString(inventory.toString().hashCode()),
                    Map.of(),
                    PORTS,
                    true,
                    dice.nextLong(),
                    AgentLimits.DEFAULT));
            agent = seams.agent(new AgentPort() {
                @Override
                public List<Effect> handle(AgentInput input, long nowNanos, long wallMillis) {
                    return real.handle(input, nowNanos, wallMillis);
                }

                @Override
                public long nextDeadline() {
                    return real.nextDeadline();
                }

                @Override
                public long highestEpoch() {
                    return real.status().highestEpoch();
                }
            });
        }

        void begin() {
            process.after(dice.millis(5, 300), () -> {
                if (engine.isDown()) {
                    begin();
                    return;
                }
                engine.listen((instance, code) ->
                        process.reach(() -> whileAlive(() -> give(new AgentInput.Died(instance, code)))));
                List<FoundContainer> found = engine.list();
                process.after(dice.millis(0, 50), () -> give(new AgentInput.Began(found)));
            });
        }

        void survey() {
            process.after(dice.millis(5, 500), () -> {
                if (engine.isDown()) {
                    return;
                }
                engine.listen((instance, code) ->
                        process.reach(() -> whileAlive(() -> give(new AgentInput.Died(instance, code)))));
                long began = process.monotonic();
                List<FoundContainer> found = engine.list();
                process.after(dice.millis(0, 200), () -> give(new AgentInput.Surveyed(began, found)));
            });
        }

        private void whileAlive(Runnable task) {
            if (present == this && process.life() == lifeNumber) {
                task.run();
            }
        }

        void give(AgentInput input) {
            List<Effect> effects;
            try {
                effects =
                        agent.handle(input, process.monotonic(), process.read().wallMillis());
            } catch (RuntimeException bug) {
                watcher.broke(process.name(), new IllegalStateException("handling " + input, bug));
                return;
            }
            timeline.trace().tick(timeline.now(), effects.size());
            for (Effect effect : new ArrayList<>(effects)) {
                carryOut(effect);
            }
            planWake();
        }

        private void planWake() {
            long next = agent.nextDeadline();
            if (next == Long.MAX_VALUE) {
                return;
            }
            long at = Math.max(timeline.now(), process.worldTime(next));
            if (at < wakeAt) {
                wakeAt = at;
                process.after(at - timeline.now() + dice.millis(0, 10), () -> wake(at));
            }
        }

        private void wake(long planned) {
            if (wakeAt != planned) {
                return;
            }
            wakeAt = Long.MAX_VALUE;
            if (agent.nextDeadline() <= process.monotonic()) {
                give(new AgentInput.TimePassed());
            } else {
                planWake();
            }
        }

        private void carryOut(Effect effect) {
            switch (effect) {
                case Effect.Dial dial -> dial(dial.connection());
                case Effect.Hangup hangup -> {
                    Line line = lines.remove(hangup.connection());
                    if (line != null) {
                        line.closeFromExecutor(hangup.reason());
                    }
                }
                case Effect.Send send -> send(send);
                case Effect.Persist persist -> persist(persist);
                case Effect.Pull pull ->
                    engine.pull(appOf(pull.image()), pull.timeout().toNanos(), answerTo(pull.instance(), pull.call()));
                case Effect.Create create -> engine.create(create.plan(), answerTo(create.instance(), create.call()));
                case Effect.StartContainer start ->
                    engine.start(start.plan(), answerTo(start.instance(), start.call()));
                case Effect.RunCheck check ->
                    engine.check(
                            check.container(),
                            check.mode(),
                            check.timeout().toNanos(),
                            answerTo(check.instance(), check.call()));
                case Effect.RunHook hook -> engine.hook(answerTo(hook.instance(), hook.call()));
                case Effect.StopContainer stop ->
                    engine.stop(stop.container(), stop.grace(), answerTo(stop.instance(), stop.call()));
                case Effect.RemoveContainer remove ->
                    engine.remove(remove.container(), answerTo(remove.instance(), remove.call()));
                case Effect.Moved moved ->
                    timeline.tell(
                            "instance",
                            process.name(),
                            moved.report().id(),
                            moved.from(),
                            moved.report().state(),
                            moved.report().error());
                case Effect.Note note -> timeline.tell("note", process.name(), note.text());
                case Effect.Abandon _, Effect.FollowLogs _, Effect.RemoveImage _ -> {}
            }
        }

        /** Images are named after the app that they are of. */
        private static AppId appOf(String image) {
            return new AppId(image);
        }

        private Consumer<Outcome> answerTo(InstanceId instance, long call) {
            return outcome -> {
                if (call != 0) {
                    process.reach(() -> whileAlive(() -> give(new AgentInput.Done(instance, call, outcome))));
                }
            };
        }

        private void persist(Effect.Persist persist) {
            long delay = dice.chance(0.02) ? dice.millis(100, 8_000) : dice.millis(1, 60);
            if (dice.chance(0.01)) {
                process.after(delay, () -> give(new AgentInput.PersistFailed("disk is full")));
                return;
            }
            process.after(delay, () -> {
                cluster = persist.cluster();
                epoch = Math.max(epoch, persist.epoch());
                process.after(
                        dice.millis(0, 10), () -> give(new AgentInput.Persisted(persist.cluster(), persist.epoch())));
            });
        }

        /** One controller after the other, as the connections are numbered; whoever answers first, leader or not. */
        private void dial(long connection) {
            process.after(dice.millis(1, 100), () -> dial(connection, 0, DIAL_TRIES));
        }

        private void dial(long connection, int passed, int tries) {
            List<ControllerNode> all = controllers.get();
            if (passed == all.size()) {
                process.after(
                        dice.millis(1, 1_000),
                        () -> give(new AgentInput.Disconnected(connection, "no controller answers")));
                return;
            }
            ControllerNode target = all.get((int) ((connection + passed) % all.size()));
            if (isSilent(target.process())) {
                // Neither yes nor no: asked again for some seconds, as TCP does it, then the next one.
                boolean isPatient = tries > 1;
                process.after(
                        Duration.ofSeconds(1).toNanos(),
                        () -> dial(connection, isPatient ? passed : passed + 1, isPatient ? tries - 1 : DIAL_TRIES));
                return;
            }
            Line line = target.accept(network, process, this);
            if (line == null) {
                dial(connection, passed + 1, DIAL_TRIES);
            } else {
                lines.put(connection, line);
                process.after(dice.millis(0, 30), () -> give(new AgentInput.Connected(connection)));
            }
        }

        private boolean isSilent(SimulatedProcess there) {
            return there.isPaused() || network.isCut(process, there) || network.isCut(there, process);
        }

        private void send(Effect.Send send) {
            Line line = lines.get(send.connection());
            if (line == null) {
                return;
            }
            if (send.frame() instanceof ToController.Snapshot) {
                watcher.obeyed(process.name(), welcomeEpoch, epoch);
            }
            if (send.frame() instanceof ToController.Changes changes) {
                for (long order : changes.received()) {
                    Long of = epochs.get(order);
                    if (of != null) {
                        watcher.obeyed(process.name(), of, diskEpochs.getOrDefault(order, 0L));
                    }
                }
            }
            line.toController(
                    send.sequence(),
                    send.frame(),
                    () -> whileAlive(() -> give(new AgentInput.Sent(send.connection()))));
        }

        private @Nullable Long numberOf(Line line) {
            for (var entry : lines.entrySet()) {
                if (entry.getValue() == line) {
                    return entry.getKey();
                }
            }
            return null;
        }

        @Override
        public void received(Line line, long sequence, ToExecutor frame) {
            Long connection = numberOf(line);
            if (connection == null || present != this) {
                return;
            }
            switch (frame) {
                case ToExecutor.Start start -> {
                    epochs.put(start.order(), start.epoch());
                    diskEpochs.put(start.order(), epoch);
                    timeline.tell("order start", process.name(), start.instance(), "epoch " + start.epoch());
                }
                case ToExecutor.Stop stop -> {
                    epochs.put(stop.order(), stop.epoch());
                    diskEpochs.put(stop.order(), epoch);
                    timeline.tell(
                            "order stop", process.name(), stop.instance(), stop.reason(), "epoch " + stop.epoch());
                }
                case ToExecutor.Welcome welcome -> {
                    epochs.clear();
                    welcomeEpoch = welcome.epoch();
                    timeline.tell("welcome", process.name(), "epoch " + welcome.epoch());
                }
                case ToExecutor.Refused refused -> timeline.tell("refused", process.name(), refused.code());
                case ToExecutor.Spec _, ToExecutor.Forget _, ToExecutor.Heartbeat _ -> {}
            }
            give(new AgentInput.Received(connection, sequence, frame));
        }

        @Override
        public void closed(Line line, String reason) {
            Long connection = numberOf(line);
            if (connection != null && present == this) {
                lines.remove(connection);
                give(new AgentInput.Disconnected(connection, reason));
            }
        }
    }

    /** For explanations. */
    @Override
    public String toString() {
        return process.name() + (process.isRunning() ? "" : " (down)");
    }

    /** Plans of containers that exist there. */
    public List<ContainerPlan> plans() {
        return engine.containers().stream().map(container -> container.plan()).toList();
    }
}
