package io.drove.bench.core;

import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Goal;
import io.drove.bench.figure.Unit;
import io.drove.bench.sample.SampleCluster;
import io.drove.bench.sample.SampleCluster.Shape;
import io.drove.bench.watch.MeasurementFailed;
import io.drove.controller.journal.BatchCodec;
import io.drove.controller.journal.SnapshotCodec;
import io.drove.core.contract.Change;
import io.drove.core.state.ClusterState;
import io.drove.model.app.AppSpec;
import io.drove.model.container.PortType;
import io.drove.model.id.AppId;
import io.drove.model.instance.PortBinding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** P7 in memory: what a controller does with so many instances when it applies, writes a snapshot, reads one, and replays a log. */
final class StateFigures {
    private static final int CORES = 256;
    private static final int BATCH = 256;
    private static final int APPS_PER_INSTANCES = 1_000;

    private final boolean isQuick;
    private final Consumer<Figure> figures;

    StateFigures(boolean isQuick, Consumer<Figure> figures) {
        this.isQuick = isQuick;
        this.figures = figures;
    }

    void measure() {
        for (int instances : isQuick ? new int[] {10_000, 100_000} : new int[] {10_000, 100_000, 1_000_000}) {
            try {
                measure(instances);
            } catch (IOException e) {
                throw new MeasurementFailed("the snapshot could not be written or read", e);
            }
        }
    }

    private void measure(int instances) throws IOException {
        Shape shape = new Shape(Math.max(1, (int) Math.ceil(instances / (CORES * 0.8))), CORES, 2);
        List<AppSpec> apps = new ArrayList<>();
        for (int number = 0; number < Math.max(1, instances / APPS_PER_INSTANCES); number++) {
            apps.add(SampleCluster.spec("app-" + number, 1, SampleCluster.ANY));
        }
        List<AppId> ids = apps.stream().map(AppSpec::id).toList();
        ClusterState empty = SampleCluster.with(SampleCluster.empty(shape, 0), apps);
        List<Change> changes = new ArrayList<>();
        SampleCluster.filling(shape, 0.8, ids, 1).stream().limit(instances).forEach(placed -> {
            changes.add(placed);
            changes.add(new Change.InstanceHealthy(
                    placed.instance(), placed.app(), List.of(new PortBinding("main", 8000, 20_000, PortType.HTTP)), 0));
        });

        long start = ProcessorClock.nanos();
        ClusterState full = empty;
        for (Change change : changes) {
            full = full.apply(change);
        }
        add(instances, "changes applied", changes.size() / since(start), Unit.PER_SECOND);

        SnapshotCodec snapshots = new SnapshotCodec();
        start = ProcessorClock.nanos();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        snapshots.write(new SnapshotCodec.Content(1, full.durable()), bytes);
        add(instances, "snapshot written", since(start), Unit.SECONDS);
        add(instances, "snapshot, size", bytes.size() / 1024.0 / 1024.0, Unit.MEBIBYTES);
        byte[] snapshot = bytes.toByteArray();
        start = ProcessorClock.nanos();
        snapshots.read(1, new ByteArrayInputStream(snapshot));
        add(instances, "snapshot read and restored", since(start), Unit.SECONDS);

        List<byte[]> log = log(changes);
        BatchCodec codec = new BatchCodec();
        start = ProcessorClock.nanos();
        ClusterState replayed = empty;
        for (byte[] batch : log) {
            for (Change change : codec.decode(1, batch).changes()) {
                replayed = replayed.apply(change);
            }
        }
        add(instances, "log of the same replayed, two changes each", since(start), Unit.SECONDS);
        add(
                instances,
                "log of the same, size",
                log.stream().mapToLong(batch -> batch.length).sum() / 1024.0 / 1024.0,
                Unit.MEBIBYTES);
    }

    private static List<byte[]> log(List<Change> changes) {
        BatchCodec codec = new BatchCodec();
        List<byte[]> log = new ArrayList<>();
        for (int from = 0; from < changes.size(); from += BATCH) {
            BatchCodec.Writer writer = codec.writer();
            changes.subList(from, Math.min(from + BATCH, changes.size())).forEach(writer::add);
            log.add(writer.finish(1, log.size() + 1L));
        }
        return log;
    }

    private static double since(long start) {
        return Math.max(ProcessorClock.nanos() - start, 1) / 1e9;
    }

    private void add(int instances, String name, double value, Unit unit) {
        SortedMap<String, Object> circumstances = new TreeMap<>();
        circumstances.put("instances", instances);
        figures.accept(
                new Figure("P7", name + ", " + instances + " instances", value, unit, new Goal.None(), circumstances));
    }
}
