package io.drove.simulation.load;

import io.drove.simulation.engine.AppTemper;
import io.drove.simulation.node.ControllerNode;
import io.drove.simulation.node.ExecutorNode;
import io.drove.simulation.node.SimulatedCluster;
import io.drove.simulation.time.Dice;
import io.drove.simulation.time.SimulatedProcess;
import io.drove.simulation.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Inflicts faults on a cluster, one after the other, and mends most of them again. */
public final class Faults {
    private final SimulatedCluster cluster;
    private final Timeline timeline;
    private final Dice dice;
    private final List<FaultKind> kinds;
    private final Duration pauseMax;
    private boolean isOver;

    /** {@code pauseMax} is the longest time between two faults. */
    public Faults(SimulatedCluster cluster, Dice dice, Set<FaultKind> kinds, Duration pauseMax) {
        this.cluster = cluster;
        this.timeline = cluster.timeline();
        this.dice = dice;
        this.kinds = new ArrayList<>(kinds);
        this.pauseMax = pauseMax;
    }

    /** Begins; some faults last from here to the end. */
    public void begin() {
        if (kinds.contains(FaultKind.LATE_COMMIT)) {
            cluster.journalTemper().lateCommits = 0.02;
        }
        if (kinds.contains(FaultKind.REFUSED_APPEND)) {
            cluster.journalTemper().refusals = 0.01;
        }
        if (kinds.contains(FaultKind.SLOW_NETWORK)) {
            cluster.networkTemper().delayMax = dice.between(50, 3_000);
        }
        if (kinds.contains(FaultKind.CONTROLLER_PARTITION)) {
            cluster.journalTemper().beliefMax = dice.chance(0.5) ? 3_000 : 100_000;
        }
        if (!kinds.isEmpty()) {
            next();
        }
    }

    /** No more of them, and all that was inflicted is mended. */
    public void end() {
        isOver = true;
        timeline.tell("faults end");
        cluster.mend();
    }

    private void next() {
        timeline.after(dice.between(Duration.ofMillis(200), pauseMax), () -> {
            if (!isOver) {
                FaultKind kind = dice.of(kinds);
                timeline.tell("fault", kind);
                inflict(kind);
                next();
            }
        });
    }

    private void unlessOver(long nanos, Runnable task) {
        timeline.after(nanos, () -> {
            if (!isOver) {
                task.run();
            }
        });
    }

    private long shortWhile() {
        return dice.between(Duration.ofMillis(100), Duration.ofSeconds(20));
    }

    private long anyWhile() {
        return dice.chance(0.5) ? shortWhile() : dice.between(Duration.ofSeconds(1), Duration.ofMinutes(2));
    }

    private void inflict(FaultKind kind) {
        ExecutorNode executor = dice.of(cluster.executors());
        ControllerNode controller = dice.of(cluster.controllers());
        switch (kind) {
            case EXECUTOR_KILL -> stop(executor, false, anyWhile());
            case EXECUTOR_RESTART -> stop(executor, true, shortWhile());
            case EXECUTOR_PAUSE -> pause(executor.process(), anyWhile());
            case MACHINE_LOSS -> losePower(executor);
            case CONTROLLER_KILL -> kill(controller, dice.chance(0.5) ? shortWhile() : anyWhile());
            case CONTROLLER_PAUSE -> pause(controller.process(), anyWhile());
            case BRIEF_PAUSE ->
                pause(dice.of(cluster.processes()), dice.between(Duration.ofMillis(100), Duration.ofSeconds(5)));
            case LEADER_MOVE -> cluster.journal().moveLeadership();
            case PARTITION -> partition(true);
            case ONE_WAY -> partition(false);
            case FLAPPING -> flap(dice.between(2, 8));
            case CONTROLLER_PARTITION -> isolate(controller);
            case LOST_FRAMES -> lose();
            case DOUBLED_FRAMES -> doubleSome();
            case SLOW_NETWORK -> cluster.networkTemper().delayMax = dice.between(5, 3_000);
            case BROKEN_LINES -> breakSome();
            case ENGINE_HANG -> executor.engine().hang(anyWhile());
            case ENGINE_RESTART -> executor.restartEngine(shortWhile());
            case TAKEN_PORTS -> {
                executor.engine().takePorts(0.4);
                unlessOver(anyWhile(), () -> executor.engine().takePorts(0));
            }
            case CONTAINER_KILL -> executor.engine().killOne();
            case CLOCK_JUMP -> dice.of(cluster.processes()).jump(dice.between(-3_600, 3_600) * 1_000L);
            case SLOW_DISK -> slowDisk();
            case LATE_COMMIT -> cluster.journalTemper().lateCommits = dice.chance(0.5) ? 0.05 : 0.005;
            case REFUSED_APPEND -> cluster.journalTemper().refusals = dice.chance(0.5) ? 0.05 : 0;
            case BAD_APPS -> spoil();
            case ALL_KILLED -> killAll();
        }
    }

    private void stop(ExecutorNode executor, boolean announced, long nanos) {
        executor.stop(announced);
        unlessOver(nanos, executor::start);
    }

    private void losePower(ExecutorNode executor) {
        if (executor.hasPower()) {
            executor.losePower();
            unlessOver(dice.between(Duration.ofSeconds(2), Duration.ofMinutes(10)), executor::regainPower);
        }
    }

    private void kill(ControllerNode controller, long nanos) {
        cluster.kill(controller);
        unlessOver(nanos, controller::start);
    }

    private void killAll() {
        cluster.controllers().forEach(controller -> kill(controller, shortWhile()));
        if (dice.chance(0.3)) {
            cluster.executors().forEach(executor -> stop(executor, false, shortWhile()));
        }
    }

    private void pause(SimulatedProcess process, long nanos) {
        process.pause();
        cluster.journal().review();
        unlessOver(nanos, () -> {
            process.resume();
            cluster.journal().review();
        });
    }

    private void partition(boolean bothWays) {
        List<SimulatedProcess> controllers = cluster.controllers().stream()
                .map(ControllerNode::process)
                .filter(_ -> dice.chance(0.6))
                .toList();
        boolean upIsCut = bothWays || dice.chance(0.5);
        for (ExecutorNode executor : cluster.executors()) {
            if (dice.chance(0.5)) {
                for (SimulatedProcess controller : controllers) {
                    if (upIsCut) {
                        cluster.network().cut(executor.process(), controller);
                    }
                    if (bothWays || !upIsCut) {
                        cluster.network().cut(controller, executor.process());
                    }
                }
            }
        }
        unlessOver(anyWhile(), () -> cluster.network().heal());
    }

    private void flap(int times) {
        if (times > 0) {
            ExecutorNode executor = dice.of(cluster.executors());
            for (ControllerNode controller : cluster.controllers()) {
                cluster.network().cut(executor.process(), controller.process());
                cluster.network().cut(controller.process(), executor.process());
            }
            unlessOver(dice.between(Duration.ofMillis(100), Duration.ofSeconds(9)), () -> {
                cluster.network().heal();
                unlessOver(dice.between(Duration.ofMillis(100), Duration.ofSeconds(3)), () -> flap(times - 1));
            });
        }
    }

    private void isolate(ControllerNode controller) {
        cluster.journal().separate(controller.disk(), 1 + dice.between(0, 3));
        unlessOver(anyWhile(), () -> cluster.journal().separate(controller.disk(), 0));
    }

    private void lose() {
        cluster.networkTemper().losses = 0.02;
        unlessOver(shortWhile(), () -> cluster.networkTemper().losses = 0);
    }

    private void doubleSome() {
        cluster.networkTemper().doubles = 0.1;
        cluster.networkTemper().overtakings = 0.02;
        unlessOver(shortWhile(), () -> {
            cluster.networkTemper().doubles = 0;
            cluster.networkTemper().overtakings = 0;
        });
    }

    private void breakSome() {
        cluster.networkTemper().breaks = 0.05;
        unlessOver(shortWhile(), () -> cluster.networkTemper().breaks = 0);
    }

    private void slowDisk() {
        cluster.journalTemper().syncMax = dice.between(200, 6_000);
        unlessOver(anyWhile(), () -> cluster.journalTemper().syncMax = 15);
    }

    private void spoil() {
        AppTemper temper = cluster.temper(Workload.appId(dice));
        temper.mend();
        switch (dice.between(0, 8)) {
            case 0 -> temper.pullFails = 0.5;
            case 1 -> temper.slowPulls = 0.5;
            case 2 -> temper.startFails = 0.5;
            case 3 -> temper.neverReady = dice.chance(0.5) ? 1 : 0.3;
            case 4 -> temper.flapping = 0.5;
            case 5 -> temper.exits = dice.chance(0.5) ? 1 : 0.3;
            case 6 -> temper.ignoresTerm = 0.7;
            case 7 -> temper.zombies = 0.5;
            default -> temper.readyMax = 20_000;
        }
        unlessOver(dice.between(Duration.ofSeconds(20), Duration.ofMinutes(5)), temper::mend);
    }
}
