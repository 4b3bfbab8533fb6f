package io.drove.bench.scale;

import io.drove.bench.executors.ExecutorsGlance;
import io.drove.bench.executors.ExecutorsProcess;
import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Goal;
import io.drove.bench.figure.Report;
import io.drove.bench.figure.Samples;
import io.drove.bench.figure.Unit;
import io.drove.bench.scale.ScaleOptions.Section;
import io.drove.bench.watch.Await;
import io.drove.bench.watch.MeasurementFailed;
import io.drove.bench.watch.ProcessFigures;
import io.drove.client.CallFailedException;
import io.drove.core.state.Limits;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Everything that is measured, in its order: each part finds the cluster as the part before left it. */
final class ScaleMeasurements {
    private static final int LIST_RUNS = 20;
    private static final Duration OPERATION_LIMIT = Duration.ofMinutes(15);
    private static final Duration REST = Duration.ofSeconds(5);
    /** So long after an election the controller holds still, since it has heard nobody before; not what R2 is about. */
    private static final Duration ELECTION_GRACE =
            Duration.ofNanos(Limits.DEFAULT.electionGrace()).plus(REST);
    /** One in so many executors is taken away. */
    private static final int CUT_ONE_IN = 10;
    /** Cores for each that is wanted, so that a loss measures the controller and not the search for the last core. */
    private static final double SPARE = 1.02;

    private final ScaleRun run;
    private final ScaleOptions options;
    private final Watch watch;
    private final int total;
    private final List<Figure> figures = new ArrayList<>();

    ScaleMeasurements(ScaleRun run) {
        this.run = run;
        this.options = run.options();
        this.watch = run.watch();
        this.total = options.cluster().total();
    }

    int run(PrintStream out) throws InterruptedException {
        int code = 0;
        try {
            ExecutorsProcess executors = startAll();
            if (options.appsToWarmUp() > 0) {
                warmUp(
                        run.appsToWarmUp(),
                        options.appsToWarmUp() * options.cluster().instances());
            }
            load(executors);
            for (Section section : Section.values()) {
                if (options.only().contains(section)) {
                    measure(section, executors);
                }
            }
        } catch (MeasurementFailed | CallFailedException e) {
            say("could not be measured: %s", String.valueOf(e.getMessage()));
            code = 1;
        }
        List<Figure> placed =
                figures.stream().map(figure -> figure.within(options.shape())).toList();
        Report.printTable(placed, out);
        out.println();
        Report.printLines(placed, out);
        return code;
    }

    private void measure(Section section, ExecutorsProcess executors) throws InterruptedException {
        switch (section) {
            case P8 -> idle();
            case P14 -> list();
            case ROLL -> roll();
            case P7 -> restart(executors);
            case R2 -> loseTwice(executors);
        }
    }

    private ExecutorsProcess startAll() throws InterruptedException {
        say(
                "%d executors x %d cores on %d NUMA nodes, %d apps x %d instances, %.1f %% full",
                options.cluster().executors(),
                options.cluster().cores(),
                options.cluster().numaNodes(),
                options.cluster().apps(),
                options.cluster().instances(),
                options.cluster().fill());
        Duration start = run.controller().start();
        add("START", "empty controller serves", millis(start), Unit.MILLISECONDS, new Goal.None());
        long begun = System.nanoTime();
        ExecutorsProcess executors = run.startExecutors();
        watch.until("all executors are ready", ready());
        add("START", "all executors connected and ready", seconds(Await.since(begun)), Unit.SECONDS, new Goal.None());
        return executors;
    }

    private Predicate<Reading> ready() {
        return reading -> reading.ready() == options.cluster().executors();
    }

    /** As the load comes; then all of it goes again. */
    private void warmUp(BenchApps apps, int instances) throws InterruptedException {
        say("warming up with %d instances", instances);
        long begun = System.nanoTime();
        int perCall = options.load().appsPerCall();
        Load load = makeLoad(apps);
        apps.make(load.creates(), atOnce());
        apps.make(load.starts(), atOnce());
        watch.until("all instances to warm up with are healthy", reading -> reading.isSettled(instances));
        BenchApps.Accepted suspended = apps.make(apps.suspends(perCall), atOnce());
        watch.until("all instances to warm up with are gone", reading -> reading.isSettled(0));
        awaitAll(apps, suspended.operations());
        // Not by their operations: of those of apps that are gone only some are remembered.
        apps.make(apps.destroys(perCall), atOnce());
        Await.until("all apps to warm up with are destroyed", OPERATION_LIMIT, Await.COARSE, apps::areGone);
        watch.forget();
        say("warmed up in %.1f s", seconds(Await.since(begun)));
    }

    private BenchApps.Pace atOnce() {
        return BenchApps.Pace.of(options.load().writers(), 0, 0);
    }

    private void load(ExecutorsProcess executors) throws InterruptedException {
        BenchApps apps = run.apps();
        Load load = makeLoad(apps);
        long controllerPid = run.controller().pid();
        Duration controllerBefore = ProcessFigures.processorTime(controllerPid);
        Duration executorsBefore = ProcessFigures.processorTime(executors.pid());
        long pausesBefore = Pauses.lines(run.gcLog());
        int acceptedBefore = executors.glance().accepted();
        startRecording(controllerPid);
        Reading dispatched;
        Reading healthy;
        long begun;
        long created;
        BenchApps.Accepted create;
        BenchApps.Accepted scale;
        try (SteadyReader reader = run.reader();
                ExecutorService writers = Executors.newSingleThreadExecutor()) {
            begun = System.nanoTime();
            create = apps.make(load.creates(), atOnce());
            created = System.nanoTime();
            if (!options.load().isInOneCall()) {
                say("apps created in %.1f s", (created - begun) / 1e9);
            }
            reader.start(options.load().readsPerSecond());
            watch.forget();
            watch.now();
            Future<BenchApps.Accepted> scaling = writers.submit(() -> apps.make(load.starts(), pace()));
            healthy = watch.until(
                    "all instances are healthy",
                    reading ->
                            reading.isSettled(total) || (scaling.isDone() && scaling.state() == Future.State.FAILED));
            scale = scaling.get();
            dispatched = watch.sinceWhen(reading -> reading.isDispatched(total));
            add(
                    "P2",
                    "dispatch, from the first create to the last acknowledgement",
                    (dispatched.nanos() - begun) / 1e9,
                    Unit.SECONDS,
                    ifFull(new Goal.AtMost(300, 100)));
            add("P2", "the same until all are HEALTHY", (healthy.nanos() - begun) / 1e9, Unit.SECONDS, new Goal.None());
            addLatencies(reader);
        } catch (ExecutionException e) {
            throw new MeasurementFailed("not all apps could be scaled: " + e.getCause(), e);
        } finally {
            endRecording(controllerPid);
        }
        if (!options.load().isInOneCall()) {
            add("P2", "apps created empty, of this time", (created - begun) / 1e9, Unit.SECONDS, new Goal.None());
        }
        add(
                "P3",
                "dispatched a second, sustained",
                watch.sustainedRate(total),
                Unit.PER_SECOND,
                new Goal.AtLeast(3_000, 10_000));
        add("P3", "dispatched a second, best second", watch.peakRate(), Unit.PER_SECOND, new Goal.None());
        add("P3", "operations not answered in time", apps.unanswered(), Unit.COUNT, new Goal.None());
        addQuantiles(callsInWords(), scale.times());
        addQuantiles("create accepted", create.times());
        add(
                "P2",
                "controller, processor time",
                seconds(ProcessFigures.processorTime(controllerPid).minus(controllerBefore)),
                Unit.SECONDS,
                new Goal.None());
        add(
                "P2",
                "simulated executors, processor time",
                seconds(ProcessFigures.processorTime(executors.pid()).minus(executorsBefore)),
                Unit.SECONDS,
                new Goal.None());
        Pauses pauses = Pauses.in(run.gcLog(), pausesBefore);
        add("P2", "controller, collector's pauses, sum", pauses.totalSeconds(), Unit.SECONDS, new Goal.None());
        add(
                "P2",
                "controller, collector's pauses, longest",
                1e3 * pauses.longestSeconds(),
                Unit.MILLISECONDS,
                new Goal.None());
        add(
                "P2",
                "controller, resident memory",
                ProcessFigures.residentMebibytes(controllerPid),
                Unit.MEBIBYTES,
                new Goal.None());
        ExecutorsGlance glance = executors.glance();
        require(glance.live() == total && glance.healthy() == total, "the executors have %s", glance);
        add(
                "P2",
                "instances that executors were given beyond those wanted",
                glance.accepted() - acceptedBefore - (double) total,
                Unit.COUNT,
                new Goal.None());
        awaitAll(apps, create.operations());
        awaitAll(apps, scale.operations());
    }

    private String callsInWords() {
        int perCall = options.load().appsPerCall();
        if (perCall > 1) {
            return "call of " + perCall + " creates with all instances answered";
        }
        return options.load().isInOneCall() ? "create with all instances accepted" : "scale accepted";
    }

    /** What the load asks for, in this order: apps without instances, if any, and then all instances. */
    private record Load(BenchApps.Calls creates, BenchApps.Calls starts) {}

    /** Written before the clock starts: client and controller share the processors. */
    private Load makeLoad(BenchApps apps) {
        long begun = System.nanoTime();
        int instances = options.cluster().instances();
        Load load = options.load().isInOneCall()
                ? new Load(
                        BenchApps.Calls.none(),
                        apps.creates(instances, options.load().appsPerCall()))
                : new Load(apps.creates(0, 1), apps.scales(instances));
        double took = seconds(Await.since(begun));
        if (took > 1) {
            say("calls written in %.1f s", took);
        }
        return load;
    }

    private BenchApps.Pace pace() {
        int perCall = options.load().appsPerCall();
        return BenchApps.Pace.of(
                options.load().writers(),
                perCall * options.cluster().instances(),
                options.load().startsPerSecond());
    }

    private void awaitAll(BenchApps apps, List<String> operations) throws InterruptedException {
        for (String operation : operations) {
            Await.until(
                    "operation " + operation + " ends",
                    OPERATION_LIMIT,
                    Await.COARSE,
                    () -> apps.hasSucceeded(operation));
        }
    }

    private void addLatencies(SteadyReader reader) {
        if (reader.all().isEmpty()) {
            return;
        }
        Samples all = SteadyReader.milliseconds(reader.all());
        add("P3", "API reads under load, p50", all.median(), Unit.MILLISECONDS, new Goal.None());
        add("P3", "API reads under load, p99", all.quantile(0.99), Unit.MILLISECONDS, new Goal.AtMost(100, 10));
        add("P3", "API reads under load, p99.9", all.quantile(0.999), Unit.MILLISECONDS, new Goal.None());
        for (SteadyReader.Question question : SteadyReader.Question.values()) {
            if (!reader.of(question).isEmpty()) {
                Samples own = SteadyReader.milliseconds(reader.of(question));
                add(
                        "P3",
                        question.words() + " under load, p99",
                        own.quantile(0.99),
                        Unit.MILLISECONDS,
                        new Goal.None());
            }
        }
        add("P3", "API reads under load, failed", reader.failures(), Unit.COUNT, new Goal.None());
    }

    private void idle() throws InterruptedException {
        long pid = run.controller().pid();
        double heap = ProcessFigures.liveHeapMebibytes(pid);
        // The collection stopped everything for a moment; what follows from that is not idling.
        Thread.sleep(REST);
        say("idle for %d s", options.load().idle().toSeconds());
        Duration before = ProcessFigures.processorTime(pid);
        long start = System.nanoTime();
        Thread.sleep(options.load().idle());
        double wall = Await.since(start).toNanos();
        double busy = ProcessFigures.processorTime(pid).minus(before).toNanos();
        boolean isGoals =
                options.cluster().executors() >= 300 && options.cluster().apps() >= 2_000 && total <= 10_000;
        add(
                "P8",
                "controller idle, of one processor",
                100 * busy / wall,
                Unit.PERCENT,
                isGoals ? new Goal.AtMost(5, 2) : new Goal.None());
        add("P8", "controller, live heap", heap, Unit.MEBIBYTES, new Goal.None());
        add(
                "P8",
                "controller, resident memory",
                ProcessFigures.residentMebibytes(pid),
                Unit.MEBIBYTES,
                isGoals ? new Goal.AtMost(1_024, 512) : new Goal.None());
    }

    private void list() throws InterruptedException {
        List<Duration> times = new ArrayList<>();
        int bytes = 0;
        try (SteadyReader reader = run.reader()) {
            for (int i = 0; i < LIST_RUNS; i++) {
                long start = System.nanoTime();
                bytes = reader.get(SteadyReader.Question.LIST.path(0));
                times.add(Await.since(start));
            }
        }
        Samples samples = SteadyReader.milliseconds(times);
        Goal goal = options.cluster().apps() >= 2_000 ? new Goal.AtMost(100, 20) : new Goal.None();
        add("P14", "list of all apps, median", samples.median(), Unit.MILLISECONDS, goal);
        add("P14", "list of all apps, slowest of " + LIST_RUNS, samples.max(), Unit.MILLISECONDS, new Goal.None());
        add("P14", "list of all apps, size", bytes / 1024.0 / 1024.0, Unit.MEBIBYTES, new Goal.None());
    }

    private void roll() throws InterruptedException {
        int instances = options.cluster().instances();
        int parallelism = Math.max(1, instances / 10);
        say("rolling restart of %d instances, %d at once", instances, parallelism);
        BenchApps apps = run.apps();
        long start = System.nanoTime();
        String operation = apps.replace(1, parallelism);
        Await.until("the rolling restart ends", OPERATION_LIMIT, Await.COARSE, () -> apps.hasSucceeded(operation));
        add(
                "ROLL",
                "rolling restart of one app, a tenth at once",
                seconds(Await.since(start)),
                Unit.SECONDS,
                new Goal.None());
        watch.until("all is at rest", reading -> reading.isSettled(total));
    }

    private void restart(ExecutorsProcess executors) throws InterruptedException {
        ExecutorsGlance before = executors.glance();
        say("killing the controller");
        run.controller().kill();
        long start = System.nanoTime();
        Duration serves = run.controller().start();
        add(
                "P7",
                "restart after kill -9 until it serves",
                seconds(serves),
                Unit.SECONDS,
                total <= 10_000 ? new Goal.AtMost(3, 0.7) : new Goal.AtMost(20, 5));
        Reading told = watch.until("all executors are back", ready().and(reading -> reading.isSettled(total)));
        add(
                "P7",
                "the same until all executors have told what they run",
                (told.nanos() - start) / 1e9,
                Unit.SECONDS,
                new Goal.None());
        add(
                "R3",
                "instances started for nothing by the restart",
                executors.glance().accepted() - before.accepted(),
                Unit.COUNT,
                new Goal.AtMost(0, 0));
    }

    /** Twice: after a restart, what is done then is still being compiled the first time. */
    private void loseTwice(ExecutorsProcess executors) throws InterruptedException {
        if (options.only().contains(Section.P7)) {
            say("waiting %d s after the election", ELECTION_GRACE.toSeconds());
            Thread.sleep(ELECTION_GRACE);
        }
        int count = Math.max(1, options.cluster().executors() / CUT_ONE_IN);
        lose(executors, count, "a tenth of the executors dead until all is dispatched elsewhere", "");
        long coresLeft = (long) (options.cluster().executors() - 2 * count)
                * options.cluster().cores();
        if (coresLeft < total * SPARE) {
            say("no second loss: what is left would be too small for all");
        } else {
            lose(executors, count, "another tenth of them dead, right after that", ", second loss");
        }
    }

    private void lose(ExecutorsProcess executors, int count, String what, String which) throws InterruptedException {
        Reading before = watch.now();
        int goneBefore = executors.glance().gone();
        watch.forget();
        long start = System.nanoTime();
        ExecutorsGlance cut = executors.cut(count);
        int gone = cut.gone() - goneBefore;
        say("%d more executors with %d instances are gone", count, gone);
        long acknowledged = before.acknowledged() + gone;
        Predicate<Reading> replaced = reading -> reading.lost() == cut.cut() && reading.acknowledged() >= acknowledged;
        Reading healthy = watch.until("all is healthy elsewhere", replaced.and(reading -> reading.isSettled(total)));
        Reading dispatched = watch.sinceWhen(replaced.and(reading -> reading.isDispatched(total)));
        add("R2", what, (dispatched.nanos() - start) / 1e9, Unit.SECONDS, new Goal.AtMost(20, 10));
        add(
                "R2",
                "the same until all are HEALTHY" + which,
                (healthy.nanos() - start) / 1e9,
                Unit.SECONDS,
                new Goal.None());
        add("R2", "instances moved" + which, gone, Unit.COUNT, new Goal.None());
    }

    private @Nullable Path recording() {
        Path directory = options.profile();
        return directory == null
                ? null
                : directory.resolve("controller-load.jfr").toAbsolutePath();
    }

    private void startRecording(long pid) throws InterruptedException {
        Path file = recording();
        if (file != null) {
            try {
                Files.createDirectories(file.getParent());
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new MeasurementFailed("cannot write a recording to " + file, e);
            }
            ProcessFigures.diagnose(
                    pid, "JFR.start", "name=load", "settings=profile", "jdk.CPUTimeSample#enabled=true");
        }
    }

    private void endRecording(long pid) throws InterruptedException {
        Path file = recording();
        if (file != null) {
            String answer = ProcessFigures.diagnose(pid, "JFR.stop", "name=load", "filename=" + file);
            if (!Files.exists(file)) {
                throw new MeasurementFailed("the controller wrote no recording to " + file + ": " + answer.strip());
            }
            say("recording of the controller under load: %s", file);
        }
    }

    private Goal ifFull(Goal goal) {
        return total >= 1_000_000 ? goal : new Goal.None();
    }

    private void addQuantiles(String name, List<Duration> times) {
        if (!times.isEmpty()) {
            Samples samples = SteadyReader.milliseconds(times);
            add("P3", name + ", p50", samples.median(), Unit.MILLISECONDS, new Goal.None());
            add("P3", name + ", p99", samples.quantile(0.99), Unit.MILLISECONDS, new Goal.None());
        }
    }

    private void add(String id, String name, double value, Unit unit, Goal goal) {
        Figure figure = new Figure(id, name, value, unit, goal, new TreeMap<>());
        figures.add(figure);
        say("%s %s: %.3f %s", id, name, value, unit.symbol());
    }

    @com.google.errorprone.annotations.FormatMethod
    private void say(String pattern, Object... arguments) {
        run.progress().println(String.format(Locale.ROOT, pattern, arguments));
    }

    @com.google.errorprone.annotations.FormatMethod
    private static void require(boolean holds, String pattern, Object... arguments) {
        if (!holds) {
            throw new MeasurementFailed(String.format(Locale.ROOT, pattern, arguments));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
