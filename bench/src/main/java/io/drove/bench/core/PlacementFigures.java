package io.drove.bench.core;

import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Goal;
import io.drove.bench.figure.Samples;
import io.drove.bench.figure.Unit;
import io.drove.bench.sample.SampleCluster;
import io.drove.bench.sample.SampleCluster.Shape;
import io.drove.core.contract.Change;
import io.drove.core.placement.Request;
import io.drove.core.state.ClusterState;
import io.drove.model.app.AppSpec;
import io.drove.model.id.AppId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * P1, P1s and P4: how fast places are found, by shape, policy and how full the cluster is already; P5: how full it gets. Times are those of the decision
 * and of its index, without applying the fact to the state. Rates are per processor second of one thread.
 */
final class PlacementFigures {
    private static final long SEED = 1;
    private static final int TAGGED_ONE_IN = 10;
    private static final int FILLERS = 200;
    /** So many instances of one app, then those of the next. */
    private static final int PER_APP = 1_000;

    private static final int APPS = 1_000;
    private static final int WARM_UP = 2_000;
    private static final int PLACEMENTS_MAX = 200_000;
    private static final int[] SIZES = {1, 1, 1, 1, 2, 2, 2, 4, 4, 8};

    private final boolean isQuick;
    private final Consumer<Figure> figures;

    PlacementFigures(boolean isQuick, Consumer<Figure> figures) {
        this.isQuick = isQuick;
        this.figures = figures;
    }

    private enum Policy {
        PLAIN("plain", SampleCluster.ANY, "P1"),
        ONE_PER_HOST("one per host", "{\"type\": \"ONE_PER_HOST\"}", "P1s"),
        TAG("by tag", "{\"type\": \"MATCH_TAG\", \"tag\": \"" + SampleCluster.TAG + "\"}", "P1s");

        private final String words;
        private final String json;
        private final String id;

        Policy(String words, String json, String id) {
            this.words = words;
            this.json = json;
            this.id = id;
        }
    }

    void rates() {
        for (Shape shape : shapes()) {
            List<AppSpec> fillers = specs("filler", FILLERS, SampleCluster.ANY);
            ClusterState empty = SampleCluster.with(SampleCluster.empty(shape, TAGGED_ONE_IN), fillers);
            List<AppId> fillerIds = fillers.stream().map(AppSpec::id).toList();
            for (double fill : isQuick ? new double[] {0, 0.97} : new double[] {0, 0.5, 0.9, 0.97}) {
                List<Change.InstancePlaced> filling = SampleCluster.filling(shape, fill, fillerIds, SEED);
                ClusterState filled = empty;
                for (Change change : filling) {
                    filled = filled.apply(change);
                }
                for (Policy policy : Policy.values()) {
                    rate(shape, fill, policy, filled, filling.size());
                }
            }
        }
    }

    private List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        for (int executors : isQuick ? new int[] {300, 5_000} : new int[] {300, 1_000, 5_000}) {
            for (int cores : isQuick ? new int[] {64} : new int[] {64, 256}) {
                for (int nodes : isQuick ? new int[] {2} : new int[] {1, 2, 4}) {
                    shapes.add(new Shape(executors, cores, nodes));
                }
            }
        }
        return shapes;
    }

    private static List<AppSpec> specs(String name, int count, String policy) {
        List<AppSpec> specs = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            specs.add(SampleCluster.spec(name + "-" + number, 1, policy));
        }
        return specs;
    }

    private void rate(Shape shape, double fill, Policy policy, ClusterState filled, long firstInstance) {
        List<AppSpec> apps = specs(policy.name().toLowerCase(Locale.ROOT).replace('_', '-'), APPS, policy.json);
        List<Request> requests = apps.stream().map(Placing::request).toList();
        int perApp = policy == Policy.ONE_PER_HOST ? Math.min(PER_APP, shape.executors() / 2) : PER_APP;
        ClusterState state = SampleCluster.with(filled, apps);
        // First on a line of its own, so that the compiler knows the code.
        place(new Placing(state, firstInstance), requests, perApp, Duration.ofMillis(isQuick ? 300 : 1_000), WARM_UP);
        Placed placed = place(
                new Placing(state, firstInstance),
                requests,
                perApp,
                Duration.ofMillis(isQuick ? 700 : 2_000),
                PLACEMENTS_MAX);
        if (placed.micros().isEmpty()) {
            return;
        }
        SortedMap<String, Object> circumstances = circumstances(shape);
        circumstances.put("fill", Math.round(100 * fill));
        circumstances.put("policy", policy.words);
        circumstances.put("placements", placed.micros().size());
        String where = where(shape) + " " + Math.round(100 * fill) + " % full, " + policy.words;
        boolean isLargest = shape.executors() >= 5_000;
        Goal rateGoal = policy == Policy.PLAIN ? new Goal.AtLeast(10_000, 100_000) : new Goal.AtLeast(5_000, 50_000);
        figures.accept(new Figure(
                policy.id,
                "placements a processor second, " + where,
                placed.micros().size() / placed.processorSeconds(),
                Unit.PER_SECOND,
                isLargest ? rateGoal : new Goal.None(),
                circumstances));
        Samples micros = new Samples(placed.micros());
        figures.accept(new Figure(
                "P4",
                "one decision, p99, " + where,
                micros.quantile(0.99) / 1e3,
                Unit.MILLISECONDS,
                isLargest ? new Goal.AtMost(1, 0.1) : new Goal.None(),
                circumstances));
        figures.accept(new Figure(
                "P4",
                "one decision, p99.9, " + where,
                micros.quantile(0.999) / 1e3,
                Unit.MILLISECONDS,
                isLargest ? new Goal.AtMost(5, 1) : new Goal.None(),
                circumstances));
    }

    private record Placed(List<Double> micros, double processorSeconds) {}

    private static Placed place(Placing placing, List<Request> requests, int perApp, Duration limit, int most) {
        List<Double> micros = new ArrayList<>();
        long indexNanos = 0;
        long recordNanos = 0;
        long processor = ProcessorClock.nanos();
        long begun = System.nanoTime();
        long now = begun;
        while (micros.size() < most && now - begun < limit.toNanos()) {
            Request request = requests.get(Math.min(micros.size() / perApp, requests.size() - 1));
            long start = System.nanoTime();
            Change.InstancePlaced fact = placing.decide(request);
            long decided = System.nanoTime();
            if (fact == null) {
                break;
            }
            indexNanos += placing.record(fact);
            now = System.nanoTime();
            recordNanos += now - decided;
            micros.add((decided - start) / 1e3);
        }
        double wall = Math.max(now - begun, 1);
        // Recording the fact is not deciding; what the thread was given of the processor is spread over both alike.
        double share = (wall - recordNanos + indexNanos) / wall;
        return new Placed(micros, (ProcessorClock.nanos() - processor) * share / 1e9);
    }

    /** Places apps of mixed sizes by turns until one is refused. */
    void fullness() {
        for (int executors : isQuick ? new int[] {300} : new int[] {300, 1_000}) {
            for (int nodes : isQuick ? new int[] {2} : new int[] {1, 2, 4}) {
                fullness(new Shape(executors, 64, nodes));
            }
        }
    }

    private void fullness(Shape shape) {
        Random random = new Random(SEED);
        List<AppSpec> apps = new ArrayList<>();
        for (int number = 0; number < FILLERS; number++) {
            apps.add(SampleCluster.spec("mixed-" + number, SIZES[number % SIZES.length], SampleCluster.ANY));
        }
        List<Request> requests = apps.stream().map(Placing::request).toList();
        Placing placing = new Placing(SampleCluster.with(SampleCluster.empty(shape, 0), apps), 0);
        long used = 0;
        Request request = requests.get(random.nextInt(requests.size()));
        Change.InstancePlaced fact = placing.decide(request);
        while (fact != null) {
            placing.record(fact);
            used += request.cores();
            request = requests.get(random.nextInt(requests.size()));
            fact = placing.decide(request);
        }
        SortedMap<String, Object> circumstances = circumstances(shape);
        circumstances.put("refusedCores", request.cores());
        figures.accept(new Figure(
                "P5",
                "cores used at the first refusal, 1 to 8 cores each, " + where(shape),
                100.0 * used / shape.allCores(),
                Unit.PERCENT,
                new Goal.AtLeast(92, 97),
                circumstances));
    }

    private static String where(Shape shape) {
        return shape.executors() + " x " + shape.cores() + " on " + shape.numaNodes();
    }

    private static SortedMap<String, Object> circumstances(Shape shape) {
        SortedMap<String, Object> circumstances = new TreeMap<>();
        circumstances.put("executors", shape.executors());
        circumstances.put("cores", shape.cores());
        circumstances.put("numaNodes", shape.numaNodes());
        circumstances.put("seed", SEED);
        return circumstances;
    }
}
