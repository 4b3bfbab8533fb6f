package io.drove.bench.run;

import io.drove.bench.cluster.DroveApp;
import io.drove.bench.engine.BareContainer;
import io.drove.bench.engine.SwarmService;
import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Goal;
import io.drove.bench.figure.Samples;
import io.drove.bench.figure.Unit;
import io.drove.bench.watch.Await;
import io.drove.bench.watch.HttpProbe;
import io.drove.bench.watch.MeasurementFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * P17, with checks every second, for Drove and for Swarm in turn, each while the other has nothing: from 1 instance to 11; one container's
 * process killed with SIGKILL; all 11 replaced, start first, 10 at once. Each is over when the owner's API shows exactly 11, all healthy, none
 * of the old ones among them, and all 11 answer on their host ports. Beside them, ten containers started at the same time by bare calls: what the
 * engine needs for the ten by itself; the growth of neither is looked at before nine tenths of that have passed.
 */
final class Rollouts {
    private static final int FULL = 11;
    private static final int ADDED = FULL - 1;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Goal GROW_GOAL = new Goal.AtMost(2.5, 1.5);
    private static final Goal KILL_GOAL = new Goal.AtMost(3, 1);
    private static final Goal REPLACE_GOAL = new Goal.AtMost(7, 3.5);

    private final Bench bench;

    Rollouts(Bench bench) {
        this.bench = bench;
    }

    private record Times(List<Duration> grow, List<Duration> kill, List<Duration> replace) {
        Times() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    List<Figure> measure() throws InterruptedException {
        bench.ensureCluster();
        DroveApp app = new DroveApp(bench.cluster().client());
        app.ensureOne();
        SwarmService service = SwarmService.create(bench.engine(), "bench-rollout", true, DroveApp.PARALLELISM);
        Fleet drove = new DroveFleet(app, bench.engine());
        Fleet swarm = new SwarmFleet(service);
        BareContainer bare = new BareContainer(
                bench.engine(),
                bench.engine().inspect(drove.container(drove.members().getFirst())));
        List<Duration> ofBare = new ArrayList<>();
        scaleAndRest(drove, 0);
        scaleAndRest(swarm, 0);
        Times ofDrove = new Times();
        Times ofSwarm = new Times();
        // The first of each is not counted.
        for (int run = 0; run <= bench.options().slowRuns(); run++) {
            Await.rest();
            Duration bareTime = bare.startTogether(ADDED);
            say(run, "bare +10 in %.2f s".formatted(bareTime.toNanos() / 1e9));
            Duration busy = bareTime.multipliedBy(9).dividedBy(10);
            measure(drove, run == 0 ? new Times() : ofDrove, run, busy);
            measure(swarm, run == 0 ? new Times() : ofSwarm, run, busy);
            if (run > 0) {
                ofBare.add(bareTime);
            }
        }
        service.remove();
        List<Figure> figures = new ArrayList<>();
        figures.addAll(figures("+10 instances", ofDrove.grow, ofSwarm.grow, GROW_GOAL));
        Samples together = Samples.ofSeconds(ofBare);
        figures.add(bareFigure("+10 instances, bare calls, median", together, together.median()));
        figures.add(bareFigure("+10 instances, bare calls, max", together, together.max()));
        figures.addAll(figures("one of 11 killed", ofDrove.kill, ofSwarm.kill, KILL_GOAL));
        figures.addAll(figures("all 11 replaced", ofDrove.replace, ofSwarm.replace, REPLACE_GOAL));
        return figures;
    }

    private void measure(Fleet fleet, Times times, int run, Duration busy) throws InterruptedException {
        scaleAndRest(fleet, 1);
        Duration grow = grow(fleet, busy);
        Duration kill = kill(fleet);
        Duration replace = replace(fleet);
        scaleAndRest(fleet, 0);
        say(
                run,
                "%s +10 in %.2f s, killed and full again in %.2f s, replaced in %.2f s"
                        .formatted(fleet.owner(), grow.toNanos() / 1e9, kill.toNanos() / 1e9, replace.toNanos() / 1e9));
        times.grow.add(grow);
        times.kill.add(kill);
        times.replace.add(replace);
    }

    private void say(int run, String text) {
        bench.say(
                "P17 %s: %s",
                run == 0 ? "warm-up" : run + " of " + bench.options().slowRuns(), text);
    }

    private static Duration grow(Fleet fleet, Duration busy) throws InterruptedException {
        Await.rest();
        long start = System.nanoTime();
        fleet.scale(FULL);
        Await.quietly(start, busy);
        return untilFull(fleet, Set.of(), start);
    }

    private Duration kill(Fleet fleet) throws InterruptedException {
        Fleet.Member victim = fleet.members().getFirst();
        String container = fleet.container(victim);
        long pid = bench.engine().inspect(container).path("State").path("Pid").asLong(0);
        ProcessHandle process = ProcessHandle.of(pid)
                .orElseThrow(() -> new MeasurementFailed("container " + container + " has no process"));
        long start = System.nanoTime();
        process.destroyForcibly();
        return untilFull(fleet, Set.of(victim.id()), start);
    }

    private static Duration replace(Fleet fleet) throws InterruptedException {
        Set<String> old = fleet.members().stream().map(Fleet.Member::id).collect(Collectors.toSet());
        long start = System.nanoTime();
        fleet.replaceAll();
        return untilFull(fleet, old, start);
    }

    private static Duration untilFull(Fleet fleet, Set<String> gone, long start) throws InterruptedException {
        Await.until(
                fleet.owner() + " has 11 healthy",
                LIMIT,
                Await.COARSE,
                () -> fleet.isFull(FULL, gone)
                        && fleet.members().stream().allMatch(member -> HttpProbe.answers(member.hostPort())));
        Duration time = Await.since(start);
        fleet.awaitRest(FULL);
        return time;
    }

    private static void scaleAndRest(Fleet fleet, int members) throws InterruptedException {
        fleet.scale(members);
        fleet.awaitRest(members);
    }

    private static List<Figure> figures(String name, List<Duration> drove, List<Duration> swarm, Goal goal) {
        Samples ofDrove = Samples.ofSeconds(drove);
        Samples ofSwarm = Samples.ofSeconds(swarm);
        return List.of(
                figure(name + ", Drove, median", ofDrove, ofDrove.median(), goal),
                figure(name + ", Drove, max", ofDrove, ofDrove.max(), goal),
                figure(name + ", Docker Swarm, median", ofSwarm, ofSwarm.median(), new Goal.None()),
                figure(name + ", Docker Swarm, max", ofSwarm, ofSwarm.max(), new Goal.None()));
    }

    /** Ten at once, which nobody checks but us. */
    private static Figure bareFigure(String name, Samples samples, double value) {
        SortedMap<String, Object> shape = new TreeMap<>();
        shape.put("runs", samples.count());
        shape.put("instances", ADDED);
        shape.put("parallelism", ADDED);
        return new Figure("P17", name, value, Unit.SECONDS, new Goal.None(), shape);
    }

    private static Figure figure(String name, Samples samples, double value, Goal goal) {
        SortedMap<String, Object> shape = new TreeMap<>();
        shape.put("runs", samples.count());
        shape.put("instances", FULL);
        shape.put("parallelism", DroveApp.PARALLELISM);
        shape.put("checkIntervalSeconds", 1);
        return new Figure("P17", name, value, Unit.SECONDS, goal, shape);
    }
}
