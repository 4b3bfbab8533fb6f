package io.drove.bench.run;

import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Goal;
import io.drove.bench.figure.Samples;
import io.drove.bench.figure.Unit;
import io.drove.bench.watch.Await;
import io.drove.bench.watch.MeasurementFailed;
import io.drove.bench.watch.ProcessFigures;
import io.drove.client.CallFailedException;
import io.drove.client.DroveClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Start and memory of the servers, on the cluster that the other measurements left, its journal and containers included. A controller serves when
 * its ping succeeds, which it does as the leader alone; an executor when the controller calls it active. Memory and idle processor time are read from
 * the last pair started, after a time in which nobody talked to them.
 */
final class Servers {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final long STOP_LIMIT_SECONDS = 30;
    private static final Goal MEMORY_GOAL = new Goal.AtMost(250, 150);

    private final Bench bench;
    private final List<Duration> controllerStarts = new ArrayList<>();
    private final List<Duration> executorStarts = new ArrayList<>();

    Servers(Bench bench) {
        this.bench = bench;
    }

    private record Pair(Process controller, Process executor) {
        void stop() throws InterruptedException {
            for (Process process : List.of(executor, controller)) {
                process.destroy();
                if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            }
        }
    }

    List<Figure> measure() throws InterruptedException {
        bench.ensureCluster();
        DroveClient client = bench.cluster().client();
        bench.cluster().stop();
        int runs = bench.options().slowRuns();
        for (int run = 1; run < runs; run++) {
            start(client).stop();
        }
        Pair last = start(client);
        try {
            List<Figure> figures = new ArrayList<>();
            figures.addAll(starts("controller start to leading and serving", controllerStarts));
            figures.addAll(starts("executor start to active in the controller", executorStarts));
            figures.addAll(idle(last));
            return figures;
        } finally {
            last.stop();
        }
    }

    private Pair start(DroveClient client) throws InterruptedException {
        long controllerStart = System.nanoTime();
        Process controller = bench.cluster().startServer("controller");
        await("the controller serves", controller, () -> client.ping());
        Duration controllerTime = Await.since(controllerStart);
        long executorStart = System.nanoTime();
        Process executor = bench.cluster().startServer("executor");
        await("the executor is active", executor, () -> {
            // It is listed all the time: the controller remembers it.
            if (!client.executors().data().path(0).path("state").asString("").equals("ACTIVE")) {
                throw new MeasurementFailed("not yet");
            }
        });
        Duration executorTime = Await.since(executorStart);
        bench.say(
                "START controller serves after %d ms, executor after %d ms",
                controllerTime.toMillis(), executorTime.toMillis());
        controllerStarts.add(controllerTime);
        executorStarts.add(executorTime);
        return new Pair(controller, executor);
    }

    /** Waits until a call goes through without complaint. */
    private static void await(String what, Process process, Runnable call) throws InterruptedException {
        Await.until(what, START_LIMIT, Await.COARSE, () -> {
            if (!process.isAlive()) {
                throw new MeasurementFailed(
                        "not reached, since the process ended with " + process.exitValue() + ": " + what);
            }
            try {
                call.run();
                return true;
            } catch (CallFailedException | MeasurementFailed notYet) {
                return false;
            }
        });
    }

    private static List<Figure> starts(String name, List<Duration> times) {
        Samples samples = Samples.ofMilliseconds(times);
        SortedMap<String, Object> shape = new TreeMap<>();
        shape.put("runs", samples.count());
        return List.of(
                new Figure("START", name + ", median", samples.median(), Unit.MILLISECONDS, new Goal.None(), shape),
                new Figure("START", name + ", max", samples.max(), Unit.MILLISECONDS, new Goal.None(), shape));
    }

    private List<Figure> idle(Pair servers) throws InterruptedException {
        Duration idle = bench.options().idleTime();
        bench.say("P8 idle for %d s", idle.toSeconds());
        List<Process> processes = List.of(servers.controller, servers.executor);
        // The work of starting is not idling.
        Thread.sleep(idle.dividedBy(2));
        List<Duration> before = processes.stream()
                .map(process -> ProcessFigures.processorTime(process.pid()))
                .toList();
        long start = System.nanoTime();
        Thread.sleep(idle.dividedBy(2));
        double wall = Await.since(start).toNanos();
        List<Figure> figures = new ArrayList<>();
        List<String> names = List.of("controller", "executor");
        List<Goal> goals = List.of(MEMORY_GOAL, new Goal.None());
        for (int i = 0; i < names.size(); i++) {
            long pid = processes.get(i).pid();
            double busy = ProcessFigures.processorTime(pid).minus(before.get(i)).toNanos();
            figures.add(figure(
                    names.get(i) + " idle, resident memory",
                    ProcessFigures.residentMebibytes(pid),
                    Unit.MEBIBYTES,
                    goals.get(i)));
            figures.add(figure(
                    names.get(i) + " idle, heap in use",
                    ProcessFigures.heapMebibytes(pid),
                    Unit.MEBIBYTES,
                    new Goal.None()));
            figures.add(
                    figure(names.get(i) + " idle, of one processor", 100 * busy / wall, Unit.PERCENT, new Goal.None()));
        }
        return figures;
    }

    private Figure figure(String name, double value, Unit unit, Goal goal) {
        SortedMap<String, Object> shape = new TreeMap<>();
        shape.put("idleSeconds", bench.options().idleTime().toSeconds());
        shape.put("runs", 1);
        return new Figure("P8", name, value, unit, goal, shape);
    }
}
