package io.drove.bench.run;

import io.drove.bench.cluster.AppInstance;
import io.drove.bench.cluster.DroveApp;
import io.drove.bench.engine.BareContainer;
import io.drove.bench.engine.EngineCalls;
import io.drove.bench.engine.SwarmService;
import io.drove.bench.engine.SwarmTask;
import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Goal;
import io.drove.bench.figure.Samples;
import io.drove.bench.figure.Unit;
import io.drove.bench.watch.Await;
import io.drove.bench.watch.HttpProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * P9: one more instance. In turn, on a machine otherwise at rest: the engine's create and start calls made bare until the container answers;
 * the same by Drove, from the post of the scale operation, until the instance answers, is healthy in the API, and the operation has ended; and
 * by Swarm until the task runs and answers. What Drove adds is taken pair by pair. Nobody is looked at while the engine must still be busy: the bare
 * container not before its start call is answered, then every millisecond; the APIs, which cost both sides processor time, not before nine tenths
 * of what the faster of the last two bare ones took, then every ten.
 */
final class StartLatency {
    private static final Goal GOAL_P50 = new Goal.AtMost(50, 10);
    private static final Goal GOAL_P99 = new Goal.AtMost(200, 50);

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String OURS = "drove.instance.id";

    private final Bench bench;
    private final EngineCalls engine;
    private final List<Duration> bare = new ArrayList<>();
    private final List<Duration> answering = new ArrayList<>();
    private final List<Duration> healthy = new ArrayList<>();
    private final List<Duration> ended = new ArrayList<>();
    private final List<Duration> addedToAnswer = new ArrayList<>();
    private final List<Duration> addedToHealthy = new ArrayList<>();
    private final List<Duration> swarm = new ArrayList<>();

    StartLatency(Bench bench) {
        this.bench = bench;
        this.engine = bench.engine();
    }

    private record DroveStart(Duration answering, Duration healthy, Duration ended) {}

    List<Figure> measure() throws InterruptedException {
        bench.ensureCluster();
        DroveApp app = new DroveApp(bench.cluster().client());
        app.ensureOne();
        // Without a health check, or Swarm would call a task running a second later: its first check comes after one
        // interval.
        SwarmService service = SwarmService.create(engine, "bench-start", false, DroveApp.PARALLELISM);
        String model = engine.containers(OURS + "=" + app.instances().getFirst().id())
                .path(0)
                .path("Id")
                .asString("");
        BareContainer container = new BareContainer(engine, engine.inspect(model));
        int pairs = bench.options().startPairs();
        Duration before = LIMIT;
        // The first of each is not counted.
        for (int pair = 0; pair <= pairs; pair++) {
            Await.rest();
            Duration bareTime = container.startOnce();
            // Of two, so that one slow start does not hide how fast the others were.
            Duration faster = bareTime.compareTo(before) < 0 ? bareTime : before;
            Duration busy = faster.multipliedBy(9).dividedBy(10);
            before = bareTime;
            Await.rest();
            DroveStart drove = start(app, busy);
            Await.rest();
            Duration swarmTime = start(service, busy);
            if (pair > 0) {
                bench.say(
                        "P9 %d of %d: bare %d ms, Drove answers %d, healthy %d, operation %d ms, Swarm %d ms",
                        pair,
                        pairs,
                        bareTime.toMillis(),
                        drove.answering.toMillis(),
                        drove.healthy.toMillis(),
                        drove.ended.toMillis(),
                        swarmTime.toMillis());
                bare.add(bareTime);
                answering.add(drove.answering);
                healthy.add(drove.healthy);
                ended.add(drove.ended);
                addedToAnswer.add(drove.answering.minus(bareTime));
                addedToHealthy.add(drove.healthy.minus(bareTime));
                swarm.add(swarmTime);
            }
        }
        service.remove();
        return figures();
    }

    private DroveStart start(DroveApp app, Duration busy) throws InterruptedException {
        int containers = engine.containers(OURS).size();
        String first = app.instances().getFirst().id();
        long start = System.nanoTime();
        String operation = app.scale(2);
        Watched second = new Watched(app, first);
        Await.quietly(start, busy);
        Await.until("the second instance answers", LIMIT, Await.LIGHT, second::answers);
        Duration answers = Await.since(start);
        Await.until("the second instance is healthy", LIMIT, Await.LIGHT, second::isHealthy);
        Duration isHealthy = Await.since(start);
        Await.until("the operation ends", LIMIT, Await.LIGHT, () -> app.hasSucceeded(operation));
        Duration hasEnded = Await.since(start);
        app.scaleAndRest(1);
        Await.until(
                "the stopped container is gone",
                LIMIT,
                Await.COARSE,
                () -> engine.containers(OURS).size() <= containers);
        return new DroveStart(answers, isHealthy, hasEnded);
    }

    /** The instance that is not that other one. */
    private record Watched(DroveApp app, String other) {
        private Optional<AppInstance> now() {
            return app.instances().stream()
                    .filter(instance -> !instance.id().equals(other))
                    .findFirst();
        }

        /** Asked only once its container has been started, as the bare one is: a connection made before may hang for a second. */
        boolean answers() {
            return now().filter(AppInstance::isStarted)
                    .filter(instance -> HttpProbe.answers(instance.hostPort()))
                    .isPresent();
        }

        boolean isHealthy() {
            return now().filter(AppInstance::isHealthy).isPresent();
        }
    }

    private static Duration start(SwarmService service, Duration busy) throws InterruptedException {
        String first = service.tasks().getFirst().id();
        long start = System.nanoTime();
        service.scale(2);
        AtomicInteger port = new AtomicInteger();
        Await.quietly(start, busy);
        Await.until("a second task runs and has a port", LIMIT, Await.LIGHT, () -> {
            service.tasks().stream()
                    .filter(SwarmTask::isRunning)
                    .filter(task -> !task.id().equals(first))
                    .forEach(task -> port.set(task.hostPort()));
            return port.get() > 0;
        });
        Await.until("the second task answers", LIMIT, Await.LIGHT, () -> HttpProbe.answers(port.get()));
        Duration time = Await.since(start);
        service.scaleAndRest(1);
        return time;
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(pair("one more instance, added by Drove to healthy", addedToHealthy, GOAL_P50, GOAL_P99));
        figures.addAll(pair("one more instance, added by Drove to the answer", addedToAnswer));
        figures.addAll(pair("one more instance, bare calls to the answer", bare));
        figures.addAll(pair("one more instance, Drove to the answer", answering));
        figures.addAll(pair("one more instance, Drove to healthy", healthy));
        figures.addAll(pair("one more instance, Drove to the operation's end", ended));
        figures.addAll(pair("one more instance, Docker Swarm to the answer, no checks", swarm));
        return figures;
    }

    private static List<Figure> pair(String name, List<Duration> times) {
        return pair(name, times, new Goal.None(), new Goal.None());
    }

    private static List<Figure> pair(String name, List<Duration> times, Goal p50, Goal p99) {
        Samples samples = Samples.ofMilliseconds(times);
        SortedMap<String, Object> shape = new TreeMap<>();
        shape.put("runs", samples.count());
        shape.put("instances", 1);
        return List.of(
                new Figure("P9", name + ", p50", samples.median(), Unit.MILLISECONDS, p50, shape),
                new Figure("P9", name + ", p99", samples.quantile(0.99), Unit.MILLISECONDS, p99, shape));
    }
}
