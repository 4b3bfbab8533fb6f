package io.drove.bench.core;

import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Goal;
import io.drove.bench.figure.Samples;
import io.drove.bench.figure.Unit;
import io.drove.bench.sample.SampleCluster;
import io.drove.bench.sample.SampleCluster.Shape;
import io.drove.bench.watch.MeasurementFailed;
import io.drove.core.contract.Change;
import io.drove.core.placement.Request;
import io.drove.core.state.ClusterState;
import io.drove.model.app.AppSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * P1, P1s and P4: how fast places are found by shape and policy while a cluster fills, in stretches, so that a slope can be seen; P5: how full it gets.
 * Times are those of the decision and of its index, without applying the fact to the state. Rates are per processor second of one thread.
 */
final class PlacementFigures {
    private static final long SEED = 1;
    private static final int TAGGED_ONE_IN = 10;
    /** The largest cluster that P4 and the goals of P1 are promised for. */
    private static final int PROMISED_EXECUTORS = 5_000;

    private static final int PER_APP = 1_000;
    private static final int MIXED_APPS = 200;
    private static final int REFUSALS = 1_000;
    /** Cores of an instance, by the app's number. */
    private static final int[] SIZES = {1, 4, 1, 2, 8, 1, 2, 4, 1, 2};
    /** What fills a cluster: usual sizes, and large ones of which no number fills a node, with none to fill the gaps. */
    private static final List<Mix> MIXES = List.of(
            new Mix("1 to 8 cores each", new int[] {1, 4, 1, 2, 8, 1, 3, 6, 2, 5}),
            new Mix("3 to 12 cores each", new int[] {3, 5, 4, 8, 7, 3, 6, 12, 10, 5}));

    private static final List<Stretch> STRETCHES =
            List.of(new Stretch(0, 50), new Stretch(50, 90), new Stretch(90, 98));
    private static final Shape WARM_UP = new Shape(300, 64, 2);

    private final boolean isQuick;
    private final Consumer<Figure> figures;

    PlacementFigures(boolean isQuick, Consumer<Figure> figures) {
        this.isQuick = isQuick;
        this.figures = figures;
    }

    /** Percent of the cores that the policy may use. */
    private record Stretch(int from, int to) {
        String words() {
            return (from == 0 ? "empty" : from + " %") + " to " + to + " % full";
        }
    }

    /** Cores of an instance, by the app's number. */
    private record Mix(String words, int[] sizes) {}

    void rates() {
        // Every policy once or more before any is measured, so that the compiler knows all of them, as in a controller.
        for (int i = 0; i < (isQuick ? 3 : 10); i++) {
            for (SamplePolicy policy : SamplePolicy.values()) {
                filling(WARM_UP, policy).until(Long.MAX_VALUE);
            }
        }
        for (Shape shape : shapes(isQuick ? new int[] {300, 5_000} : new int[] {300, 1_000, 5_000})) {
            for (SamplePolicy policy : SamplePolicy.values()) {
                rate(shape, policy);
            }
        }
    }

    private List<Shape> shapes(int[] executors) {
        List<Shape> shapes = new ArrayList<>();
        for (int count : executors) {
            for (int cores : isQuick ? new int[] {64} : new int[] {64, 256}) {
                for (int nodes : isQuick ? new int[] {2} : new int[] {1, 2, 4}) {
                    shapes.add(new Shape(count, cores, nodes));
                }
            }
        }
        return shapes;
    }

    private void rate(Shape shape, SamplePolicy policy) {
        Filling filling = filling(shape, policy);
        for (Stretch stretch : STRETCHES) {
            Filling.Taken taken = filling.until(usable(shape, policy) * stretch.to / 100);
            if (taken.placed() == 0) {
                throw new MeasurementFailed("nothing was placed from " + stretch.words() + ", " + policy.words());
            }
            SortedMap<String, Object> circumstances = circumstances(shape, policy);
            circumstances.put("fillFrom", stretch.from);
            circumstances.put("fillTo", stretch.to);
            circumstances.put("fillReached", Math.round(1_000.0 * taken.coresUsed() / usable(shape, policy)) / 10.0);
            circumstances.put("placed", taken.placed());
            circumstances.put("refused", taken.refused());
            String where = where(shape) + ", " + stretch.words() + ", " + policy.words();
            Goal goal =
                    policy == SamplePolicy.PLAIN ? new Goal.AtLeast(10_000, 100_000) : new Goal.AtLeast(5_000, 50_000);
            figures.accept(new Figure(
                    policy.goal(),
                    "placements a processor second, " + where,
                    taken.placedPerSecond(),
                    Unit.PER_SECOND,
                    isPromised(shape) ? goal : new Goal.None(),
                    circumstances));
            latencies("one decision", where, taken.micros(), shape, circumstances);
        }
        if (policy == SamplePolicy.PLAIN || policy == SamplePolicy.ALL) {
            refusals(filling, shape, policy);
        }
    }

    /** A whole node is wanted where each has given some of its cores away. */
    private void refusals(Filling filling, Shape shape, SamplePolicy policy) {
        Request request = Placing.request(policy.spec(0, shape.coresPerNode()));
        SortedMap<String, Object> circumstances = circumstances(shape, policy);
        Filling.Taken warm = filling.refusals(request, REFUSALS);
        circumstances.put("refused", warm.refused());
        Samples micros = filling.refusals(request, REFUSALS).micros();
        latencies(
                "one refusal with its explanation",
                where(shape) + ", full, " + policy.words(),
                micros,
                shape,
                circumstances);
    }

    private void latencies(
            String what, String where, Samples micros, Shape shape, SortedMap<String, Object> circumstances) {
        figures.accept(new Figure(
                "P4",
                what + ", p99, " + where,
                micros.quantile(0.99) / 1e3,
                Unit.MILLISECONDS,
                isPromised(shape) ? new Goal.AtMost(1, 0.1) : new Goal.None(),
                circumstances));
        figures.accept(new Figure(
                "P4",
                what + ", p99.9, " + where,
                micros.quantile(0.999) / 1e3,
                Unit.MILLISECONDS,
                isPromised(shape) ? new Goal.AtMost(5, 1) : new Goal.None(),
                circumstances));
    }

    private static Filling filling(Shape shape, SamplePolicy policy) {
        int perApp = policy.isOncePerHost() ? Math.min(PER_APP, shape.executors() / 2) : PER_APP;
        int coresPerApp = perApp * IntStream.of(SIZES).sum() / SIZES.length;
        int apps = Math.toIntExact(usable(shape, policy) / coresPerApp) + 2 * SIZES.length;
        List<AppSpec> specs = IntStream.range(0, apps)
                .mapToObj(number -> policy.spec(number, SIZES[number % SIZES.length]))
                .toList();
        ClusterState empty = SampleCluster.empty(shape, policy == SamplePolicy.TAG ? TAGGED_ONE_IN : 0);
        Placing placing = new Placing(SampleCluster.with(empty, specs));
        return new Filling(placing, specs.stream().map(Placing::request).toList(), perApp);
    }

    private static long usable(Shape shape, SamplePolicy policy) {
        return policy == SamplePolicy.TAG ? shape.allCores() / TAGGED_ONE_IN : shape.allCores();
    }

    /** Places apps of mixed sizes by turns until one is refused. */
    void fullness() {
        for (int executors : isQuick ? new int[] {300} : new int[] {300, 1_000, 5_000}) {
            for (int cores : isQuick ? new int[] {64} : new int[] {64, 256}) {
                for (int nodes : new int[] {1, 2, 4}) {
                    for (Mix mix : MIXES) {
                        fullness(new Shape(executors, cores, nodes), mix);
                    }
                }
            }
        }
    }

    private void fullness(Shape shape, Mix mix) {
        Random random = new Random(SEED);
        List<AppSpec> apps = IntStream.range(0, MIXED_APPS)
                .mapToObj(number -> SamplePolicy.PLAIN.spec(number, mix.sizes[number % mix.sizes.length]))
                .toList();
        List<Request> requests = apps.stream().map(Placing::request).toList();
        Placing placing = new Placing(SampleCluster.with(SampleCluster.empty(shape, 0), apps));
        long used = 0;
        int placed = 0;
        Request request = requests.get(random.nextInt(requests.size()));
        Change.InstancePlaced fact = placing.decide(request);
        while (fact != null) {
            placing.record(fact);
            used += request.cores();
            placed++;
            request = requests.get(random.nextInt(requests.size()));
            fact = placing.decide(request);
        }
        SortedMap<String, Object> circumstances = circumstances(shape, SamplePolicy.PLAIN);
        circumstances.put("apps", MIXED_APPS);
        circumstances.put("instanceCores", Arrays.toString(mix.sizes));
        circumstances.put("placed", placed);
        circumstances.put("refusedCores", request.cores());
        figures.accept(new Figure(
                "P5",
                "cores used at the first refusal, " + mix.words + ", " + where(shape),
                100.0 * used / shape.allCores(),
                Unit.PERCENT,
                new Goal.AtLeast(92, 97),
                circumstances));
    }

    private static boolean isPromised(Shape shape) {
        return shape.executors() == PROMISED_EXECUTORS;
    }

    private static String where(Shape shape) {
        return String.format(
                Locale.ROOT,
                "%d x %d cores on %d node%s",
                shape.executors(),
                shape.cores(),
                shape.numaNodes(),
                shape.numaNodes() == 1 ? "" : "s");
    }

    private static SortedMap<String, Object> circumstances(Shape shape, SamplePolicy policy) {
        SortedMap<String, Object> circumstances = new TreeMap<>();
        circumstances.put("executors", shape.executors());
        circumstances.put("cores", shape.cores());
        circumstances.put("numaNodes", shape.numaNodes());
        circumstances.put("policy", policy.words());
        circumstances.put("racks", shape.racks());
        circumstances.put("instanceCores", Arrays.toString(SIZES));
        circumstances.put("seed", SEED);
        return circumstances;
    }
}
