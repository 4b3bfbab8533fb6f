package io.drove.bench.run;

import io.drove.bench.engine.EngineCalls;
import io.drove.bench.engine.SwarmService;
import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Report;
import io.drove.bench.watch.MeasurementFailed;
import io.drove.client.CallFailedException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Measures what was asked for, one after the other, and prints it. */
public final class Measurements {
    private static final String IMAGE = "drove/hello:1";
    private static final int MIB_SHIFT = 20;

    private final Bench bench;
    private final List<Figure> figures = new ArrayList<>();
    private boolean isComplete = true;

    public Measurements(Bench bench) {
        this.bench = bench;
    }

    /** Returns 0 when everything could be measured, however slow it is; else 1, with the reasons on the progress stream. */
    public int run(PrintStream out) throws InterruptedException {
        attempt("Docker Swarm", () -> {
            SwarmService.init(bench.engine());
            return List.of();
        });
        SortedMap<String, Object> circumstances = new TreeMap<>();
        attempt("the first start", () -> {
            circumstances.putAll(circumstances());
            return List.of();
        });
        for (Section section : bench.options().only()) {
            attempt(section.name(), () -> measure(section));
        }
        attempt("the end", this::stop);
        List<Figure> placed =
                figures.stream().map(figure -> figure.within(circumstances)).toList();
        Report.printTable(placed, out);
        out.println();
        Report.printLines(placed, out);
        return isComplete ? 0 : 1;
    }

    /** A part of the run. */
    @FunctionalInterface
    private interface Part {
        List<Figure> run() throws InterruptedException;
    }

    /** One part that cannot be measured does not take the others away. */
    private void attempt(String name, Part part) throws InterruptedException {
        try {
            figures.addAll(part.run());
        } catch (MeasurementFailed | CallFailedException e) {
            isComplete = false;
            bench.say("%s could not be measured: %s", name, e.getMessage());
        }
    }

    private List<Figure> measure(Section section) throws InterruptedException {
        return switch (section) {
            case P15 -> new DevStart(bench).measure();
            case P16 -> new CommandLatency(bench).measure();
            case P9 -> new StartLatency(bench).measure();
            case P17 -> new Rollouts(bench).measure();
            case P8 -> new Servers(bench).measure();
        };
    }

    private List<Figure> stop() throws InterruptedException {
        if (bench.cluster().isThere()) {
            bench.cluster().stopWithContainers();
        }
        return List.of();
    }

    private SortedMap<String, Object> circumstances() throws InterruptedException {
        bench.ensureCluster();
        JsonNode executor = bench.cluster().client().executors().data().path(0);
        EngineCalls engine = bench.engine();
        JsonNode info = engine.info();
        SortedMap<String, Object> shape = new TreeMap<>();
        shape.put("processors", Runtime.getRuntime().availableProcessors());
        shape.put("memoryMiB", info.path("MemTotal").asLong(0) >> MIB_SHIFT);
        shape.put("kernel", info.path("KernelVersion").asString(""));
        shape.put(
                "engine",
                "docker " + engine.version() + ", " + info.path("Driver").asString(""));
        shape.put("java", Runtime.version().toString());
        shape.put("image", IMAGE);
        shape.put("executors", 1);
        shape.put(
                "cores",
                executor.path("freeCores").asInt(0) + executor.path("usedCores").asInt(0));
        return shape;
    }
}
