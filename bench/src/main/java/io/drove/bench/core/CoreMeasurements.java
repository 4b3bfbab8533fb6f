package io.drove.bench.core;

import io.drove.bench.core.CoreOptions.Part;
import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Report;
import io.drove.bench.micro.MicroRun;
import io.drove.bench.watch.MeasurementFailed;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Measures what was asked for, one after the other, and prints it. */
public final class CoreMeasurements {
    private static final int MIB_SHIFT = 20;

    private final CoreOptions options;
    private final Path directory;
    private final PrintStream progress;
    private final List<Figure> figures = new ArrayList<>();

    /** {@code directory} is on the disk that the journal is measured on. */
    public CoreMeasurements(CoreOptions options, Path directory, PrintStream progress) {
        this.options = options;
        this.directory = directory;
        this.progress = progress;
    }

    /** Returns 0 when everything could be measured, however slow it is, else 1, with the reason on the progress stream. */
    public int run(PrintStream out) throws InterruptedException {
        int code = 0;
        for (Part part : options.only()) {
            try {
                measure(part);
            } catch (MeasurementFailed e) {
                progress.println(part + " could not be measured: " + e.getMessage());
                code = 1;
            }
        }
        Report.printTable(figures, out);
        out.println();
        Report.printLines(figures, out);
        return code;
    }

    private void measure(Part part) throws InterruptedException {
        switch (part) {
            case P1 -> new PlacementFigures(options.isQuick(), this::add).rates();
            case P5 -> new PlacementFigures(options.isQuick(), this::add).fullness();
            case P6 -> new JournalFigures(options.isQuick(), directory, this::add).measure();
            case P7 -> new StateFigures(options.isQuick(), this::add).measure();
            case MICRO ->
                MicroRun.figures(options.isQuick(), directory.resolve("jmh.out"))
                        .forEach(this::add);
        }
    }

    private void add(Figure figure) {
        Figure placed = figure.within(circumstances());
        figures.add(placed);
        progress.println(String.format(
                Locale.ROOT,
                "%s %s: %.3f %s",
                figure.id(),
                figure.name(),
                figure.value(),
                figure.unit().symbol()));
    }

    private static SortedMap<String, Object> circumstances() {
        SortedMap<String, Object> circumstances = new TreeMap<>();
        circumstances.put("processors", Runtime.getRuntime().availableProcessors());
        circumstances.put("heapMiB", Runtime.getRuntime().maxMemory() >> MIB_SHIFT);
        circumstances.put("java", Runtime.version().toString());
        return circumstances;
    }
}
