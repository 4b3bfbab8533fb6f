package io.drove.simulation.engine;

import io.drove.core.agent.ContainerPlan;
import io.drove.core.agent.FoundContainer;
import io.drove.core.agent.Outcome;
import io.drove.model.check.CheckMode;
import io.drove.model.id.AppId;
import io.drove.model.id.InstanceId;
import io.drove.simulation.time.Dice;
import io.drove.simulation.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The container engine of one machine. Outlives the executor; a call that was made is carried out even when nobody waits for its answer any more. */
public final class SimulatedEngine {
    /** Who hears of containers that ended: the executor's process, while there is one. */
    @FunctionalInterface
    public interface EventStream extends BiConsumer<InstanceId, Integer> {}

    private static final Duration TOO_LATE = Duration.ofSeconds(60);

    private final String machine;
    private final Timeline timeline;
    private final Dice dice;
    private final Function<AppId, AppTemper> tempers;
    private final EngineWatcher watcher;
    private final TreeMap<String, SimulatedContainer> containers = new TreeMap<>();
    private @Nullable EventStream events;
    /** World time until which the engine does not move. */
    private long hungUntil;

    private boolean isDown;
    /** Part of starts that find one of their ports taken by somebody else. */
    private double portsTaken;

    public SimulatedEngine(
            String machine, Timeline timeline, Dice dice, Function<AppId, AppTemper> tempers, EngineWatcher watcher) {
        this.machine = machine;
        this.timeline = timeline;
        this.dice = dice;
        this.tempers = tempers;
        this.watcher = watcher;
    }

    public String machine() {
        return machine;
    }

    public Collection<SimulatedContainer> containers() {
        return containers.values();
    }

    public boolean isDown() {
        return isDown;
    }

    /** From now on events go there; null for nowhere. */
    public void listen(@Nullable EventStream stream) {
        events = stream;
    }

    public void hang(long nanos) {
        hungUntil = Math.max(hungUntil, timeline.now() + nanos);
    }

    /** The engine is stopped, with live-restore: its containers run on. */
    public void goDown() {
        isDown = true;
        events = null;
    }

    public void comeUp() {
        isDown = false;
    }

    public void takePorts(double part) {
        portsTaken = part;
    }

    /** Nothing is wrong from now on. */
    public void mend() {
        hungUntil = 0;
        isDown = false;
        portsTaken = 0;
        containers.values().forEach(container -> container.mend(timeline.now()));
    }

    /** The machine goes down: nothing runs there any more. */
    public void losePower() {
        for (SimulatedContainer container : containers.values()) {
            if (container.isRunning()) {
                container.life = FoundContainer.Life.EXITED;
                container.exitCode = 255;
                watcher.ended(this, container);
            }
        }
        events = null;
    }

    /** The executor's process ended: it may not know what became of the starts that it asked for. */
    public void clientGone() {
        events = null;
        for (SimulatedContainer container : containers.values()) {
            container.hadTrouble |= container.life == FoundContainer.Life.CREATED;
        }
    }

    /** A container that runs is killed from outside; false when there is none. */
    public boolean killOne() {
        List<SimulatedContainer> running = containers.values().stream()
                .filter(SimulatedContainer::isRunning)
                .toList();
        if (running.isEmpty()) {
            return false;
        }
        SimulatedContainer victim = dice.of(running);
        timeline.tell("container killed from outside", machine, victim.instance());
        exit(victim, 137);
        return true;
    }

    /** All containers with our labels. */
    public List<FoundContainer> list() {
        return containers.values().stream().map(SimulatedContainer::found).toList();
    }

    public void pull(AppId app, long timeoutNanos, Consumer<Outcome> answer) {
        AppTemper temper = tempers.apply(app);
        long length = dice.chance(temper.slowPulls)
                ? dice.between(Duration.ofSeconds(5), Duration.ofSeconds(200))
                : dice.millis(5, 2_000);
        if (length > timeoutNanos) {
            call(timeoutNanos, () -> new Outcome.Failed("the pull took too long", true), answer);
        } else if (dice.chance(temper.pullFails)) {
            call(length, () -> new Outcome.Failed("registry says no", dice.chance(0.5)), answer);
        } else {
            call(length, () -> new Outcome.Pulled(""), answer);
        }
    }

    public void create(ContainerPlan plan, Consumer<Outcome> answer) {
        call(dice.millis(5, 800), () -> created(plan), answer);
    }

    private Outcome created(ContainerPlan plan) {
        if (containers.containsKey(plan.name())) {
            return new Outcome.Failed("the name " + plan.name() + " is in use", false);
        }
        SimulatedContainer container =
                new SimulatedContainer(plan, tempers.apply(plan.spec().id()));
        containers.put(plan.name(), container);
        watcher.created(this, container);
        return new Outcome.Created(plan.name());
    }

    public void start(ContainerPlan plan, Consumer<Outcome> answer) {
        long asked = timeline.now();
        call(dice.millis(5, 800), () -> started(plan, asked), answer);
    }

    private Outcome started(ContainerPlan plan, long asked) {
        SimulatedContainer container = containers.get(plan.name());
        if (container == null) {
            return new Outcome.Failed("no container " + plan.name(), false);
        }
        if (container.isRunning()) {
            return new Outcome.Started();
        }
        AppTemper temper = container.temper;
        // So late that whoever asked has every right to have given it up.
        container.hadTrouble |= timeline.now() - asked > TOO_LATE.toNanos();
        if (!plan.ports().isEmpty() && dice.chance(portsTaken)) {
            container.hadTrouble = true;
            return new Outcome.Failed(
                    "port is already allocated", false, plan.ports().getFirst().hostPort());
        }
        if (dice.chance(temper.startFails)) {
            container.hadTrouble = true;
            return new Outcome.Failed("exec format error", false);
        }
        container.life = FoundContainer.Life.RUNNING;
        container.servesFrom = timeline.now() + dice.millis(temper.readyMin, temper.readyMax);
        container.neverServes = dice.chance(temper.neverReady);
        container.isFlapping = dice.chance(temper.flapping);
        container.ignoresTerm = dice.chance(temper.ignoresTerm);
        container.undeadUntil = dice.chance(temper.zombies)
                ? timeline.now() + dice.between(Duration.ofSeconds(20), Duration.ofMinutes(5))
                : 0;
        watcher.started(this, container);
        container.exitsByItself = dice.chance(temper.exits);
        if (container.exitsByItself) {
            timeline.after(dice.millis(50, 120_000), () -> {
                if (container.exitsByItself) {
                    exit(container, dice.between(0, 2));
                }
            });
        }
        return new Outcome.Started();
    }

    public void check(String name, CheckMode mode, long timeoutNanos, Consumer<Outcome> answer) {
        // The check itself is made by the executor; the engine is needed only for commands.
        if (mode instanceof CheckMode.Command && (isDown || hungUntil > timeline.now())) {
            timeline.after(
                    Math.min(timeoutNanos, 1_000_000_000L),
                    () -> answer.accept(noteCheck(name, new Outcome.Undecided("the engine does not answer"))));
            return;
        }
        timeline.after(dice.millis(1, 60), () -> answer.accept(noteCheck(name, checked(name))));
    }

    private Outcome checked(String name) {
        SimulatedContainer container = containers.get(name);
        if (container == null || !container.isRunning()) {
            return new Outcome.Unreachable("connection refused");
        }
        if (container.serves(timeline.now())) {
            return new Outcome.Passed();
        }
        return timeline.now() < container.servesFrom
                ? new Outcome.Unreachable("connection refused")
                : new Outcome.Unhealthy("status 503");
    }

    private Outcome noteCheck(String name, Outcome outcome) {
        SimulatedContainer container = containers.get(name);
        if (container != null) {
            container.badChecks = outcome instanceof Outcome.Passed ? 0 : container.badChecks + 1;
        }
        return outcome;
    }

    public void hook(Consumer<Outcome> answer) {
        if (!dice.chance(0.05)) {
            timeline.after(dice.millis(5, 3_000), () -> answer.accept(new Outcome.Hooked("")));
        }
    }

    public void stop(String name, Duration grace, Consumer<Outcome> answer) {
        SimulatedContainer container = containers.get(name);
        if (container != null && container.isRunning()) {
            watcher.killing(this, container);
        }
        boolean takesLong = container != null && container.ignoresTerm;
        long length = takesLong ? grace.toNanos() : dice.millis(5, Math.min(2_000, grace.toMillis()));
        call(
                length,
                () -> {
                    kill(name, 143);
                    return new Outcome.Halted();
                },
                answer);
    }

    public void remove(String name, Consumer<Outcome> answer) {
        SimulatedContainer container = containers.get(name);
        if (container != null && container.isRunning()) {
            watcher.killing(this, container);
        }
        call(dice.millis(5, 500), () -> removed(name), answer);
    }

    private Outcome removed(String name) {
        kill(name, 137);
        SimulatedContainer container = containers.get(name);
        if (container != null && container.isRunning()) {
            return new Outcome.Failed("tried to kill the container, but it did not exit", true);
        }
        containers.remove(name);
        return new Outcome.Removed();
    }

    private void kill(String name, int code) {
        SimulatedContainer container = containers.get(name);
        if (container != null && container.isRunning() && container.undeadUntil <= timeline.now()) {
            exit(container, code);
        }
    }

    private void exit(SimulatedContainer container, int code) {
        if (!container.isRunning() || containers.get(container.plan.name()) != container) {
            return;
        }
        container.life = FoundContainer.Life.EXITED;
        container.exitCode = code;
        watcher.ended(this, container);
        tell(container, dice.millis(1, 200));
        if (dice.chance(0.05)) {
            tell(container, dice.millis(1, 2_000));
        }
    }

    // The very stream that it was for: a newer one hears of later events only.
    @SuppressWarnings("ReferenceEquality")
    private void tell(SimulatedContainer container, long delay) {
        EventStream stream = events;
        if (stream != null) {
            timeline.after(delay, () -> {
                if (events == stream) {
                    stream.accept(container.instance(), container.exitCode);
                }
            });
        }
    }

    /** A call takes its time, waits while the engine hangs, and fails while it is down. */
    private void call(long nanos, Supplier<Outcome> work, Consumer<Outcome> answer) {
        long due = Math.max(timeline.now() + nanos, hungUntil);
        timeline.at(due, () -> {
            if (hungUntil > timeline.now()) {
                call(0, work, answer);
            } else if (isDown) {
                answer.accept(new Outcome.Failed("the engine cannot be reached", true));
            } else {
                answer.accept(work.get());
            }
        });
    }

    /** Containers whose instance is none of these; for whoever looks for orphans. */
    public List<SimulatedContainer> others(Collection<InstanceId> known) {
        List<SimulatedContainer> others = new ArrayList<>();
        for (SimulatedContainer container : containers.values()) {
            if (!known.contains(container.instance())) {
                others.add(container);
            }
        }
        return others;
    }
}
