package io.drove.bench.run;

import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Goal;
import io.drove.bench.figure.Samples;
import io.drove.bench.figure.Unit;
import io.drove.bench.watch.HttpProbe;
import io.drove.bench.watch.MeasurementFailed;
import io.drove.client.DroveClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * P15: from {@code ./drove dev} to a healthy sample app that answers on its host port, as the command itself tells it; checked by a request of
 * ours. Each start is a first one, with an empty data directory; Drove is built, the engine runs and has the image.
 */
final class DevStart {
    private static final Goal GOAL = new Goal.AtMost(10, 3);
    private static final String SAMPLE = "hello-1";

    private final Bench bench;

    DevStart(Bench bench) {
        this.bench = bench;
    }

    List<Figure> measure() throws InterruptedException {
        List<Duration> times = new ArrayList<>();
        int runs = bench.options().slowRuns();
        // The first one makes the image, and is not counted.
        for (int run = 0; run <= runs; run++) {
            if (bench.cluster().isThere()) {
                bench.cluster().stopWithContainers();
                bench.cluster().erase();
            }
            Duration time = bench.cluster().start();
            requireAnswer();
            bench.say("P15 %s: %.2f s", run == 0 ? "warm-up" : run + " of " + runs, time.toNanos() / 1e9);
            if (run > 0) {
                times.add(time);
            }
        }
        return figures(Samples.ofSeconds(times));
    }

    private void requireAnswer() throws InterruptedException {
        DroveClient client = bench.cluster().client();
        for (JsonNode instance : client.instances(SAMPLE).data()) {
            JsonNode ports = instance.path("localInfo").path("ports");
            if (HttpProbe.answers(ports.path("main").path("hostPort").asInt(0))) {
                return;
            }
        }
        throw new MeasurementFailed("./drove dev says that everything is up, but " + SAMPLE + " does not answer: "
                + client.instances(SAMPLE).data());
    }

    private static List<Figure> figures(Samples seconds) {
        SortedMap<String, Object> shape = new TreeMap<>();
        shape.put("runs", seconds.count());
        return List.of(
                new Figure(
                        "P15",
                        "./drove dev to an answering sample, min",
                        seconds.min(),
                        Unit.SECONDS,
                        new Goal.None(),
                        shape),
                new Figure(
                        "P15",
                        "./drove dev to an answering sample, median",
                        seconds.median(),
                        Unit.SECONDS,
                        GOAL,
                        shape),
                new Figure("P15", "./drove dev to an answering sample, max", seconds.max(), Unit.SECONDS, GOAL, shape));
    }
}
