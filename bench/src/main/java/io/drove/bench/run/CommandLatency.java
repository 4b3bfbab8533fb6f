package io.drove.bench.run;

import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Goal;
import io.drove.bench.figure.Samples;
import io.drove.bench.figure.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** P16: commands as whole processes, from the launcher's start to its end; {@code apps list} finds the running cluster by itself. */
final class CommandLatency {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int WARM_UPS = 2;

    private final Bench bench;

    CommandLatency(Bench bench) {
        this.bench = bench;
    }

    List<Figure> measure() throws InterruptedException {
        bench.ensureCluster();
        List<Figure> figures = new ArrayList<>();
        figures.addAll(measure(new Goal.AtMost(300, 90), "--version"));
        figures.addAll(measure(new Goal.AtMost(400, 150), "apps", "list"));
        return figures;
    }

    private List<Figure> measure(Goal goal, String... words) throws InterruptedException {
        String command = "./drove " + String.join(" ", words);
        int runs = bench.options().commandRuns();
        bench.say("P16 %s, %d times", command, runs);
        List<Duration> times = new ArrayList<>();
        for (int run = 0; run < WARM_UPS + runs; run++) {
            Duration time = bench.launcher().run(LIMIT, words).time();
            if (run >= WARM_UPS) {
                times.add(time);
            }
        }
        Samples samples = Samples.ofMilliseconds(times);
        SortedMap<String, Object> shape = new TreeMap<>();
        shape.put("runs", runs);
        return List.of(
                new Figure("P16", command + ", p50", samples.median(), Unit.MILLISECONDS, goal, shape),
                new Figure("P16", command + ", p99", samples.quantile(0.99), Unit.MILLISECONDS, goal, shape));
    }
}
