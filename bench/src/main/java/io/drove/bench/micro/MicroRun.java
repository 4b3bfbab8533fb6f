package io.drove.bench.micro;

import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Goal;
import io.drove.bench.figure.Unit;
import io.drove.bench.watch.MeasurementFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH benchmarks of this package, each in a JVM of its own. */
public final class MicroRun {
    private MicroRun() {}

    /** Their figures, average microseconds each; {@code log} gets what JMH prints. */
    public static List<Figure> figures(boolean isQuick, Path log) {
        Options options = new OptionsBuilder()
                .include("^io\\.drove\\.bench\\.micro\\.")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(1)
                .jvmArgsAppend("-XX:+UseSerialGC", "-Xmx1g")
                .warmupIterations(isQuick ? 2 : 5)
                .warmupTime(TimeValue.milliseconds(isQuick ? 300 : 1_000))
                .measurementIterations(isQuick ? 2 : 5)
                .measurementTime(TimeValue.milliseconds(isQuick ? 300 : 1_000))
                .output(log.toString())
                .build();
        List<Figure> figures = new ArrayList<>();
        try {
            for (RunResult result : new Runner(options).run()) {
                String name = result.getParams().getBenchmark();
                String shown = name.substring("io.drove.bench.micro.".length()).replace("Benchmark.", " ");
                double error = result.getPrimaryResult().getScoreError();
                TreeMap<String, Object> circumstances = new TreeMap<>();
                circumstances.put("error", Double.isFinite(error) ? error : "");
                figures.add(new Figure(
                        "MICRO",
                        shown,
                        result.getPrimaryResult().getScore(),
                        Unit.MICROSECONDS,
                        new Goal.None(),
                        circumstances));
            }
        } catch (RunnerException e) {
            throw new MeasurementFailed("JMH could not run, see " + log, e);
        }
        return figures;
    }
}
