package io.drove.core.state;

import static java.util.Objects.requireNonNull;

import io.drove.model.id.AppId;
import io.drove.model.id.OperationId;
import io.drove.model.resource.Allocation;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.TreeMap;
import io.vavr.collection.Vector;
import java.util.Iterator;
import java.util.List;

/** Takes the durable half apart into small parts, and puts it together again. */
public final class Snapshots {
    private Snapshots() {}

    /** All parts, in an order in which each finds what it refers to. Lazy: a million instances are never copied at once. */
    public static Iterator<SnapshotPart> parts(Durable durable) {
        SnapshotPart head = new SnapshotPart.Head(
                durable.cluster(), durable.epoch(), durable.gone().toJavaList());
        return io.vavr.collection.Iterator.<SnapshotPart>concat(
                List.of(head),
                durable.executors().valuesIterator().map(Snapshots::part),
                durable.operations().valuesIterator().map(Snapshots::part),
                durable.apps().valuesIterator().flatMap(Snapshots::parts));
    }

    /** The value that those parts came from. */
    public static Durable restore(Iterator<SnapshotPart> parts) {
        Durable durable = Durable.empty();
        while (parts.hasNext()) {
            durable = switch (parts.next()) {
                case SnapshotPart.Head head ->
                    new Durable(
                            head.cluster(),
                            head.epoch(),
                            TreeMap.empty(),
                            TreeMap.empty(),
                            HashMap.empty(),
                            Vector.ofAll(head.gone()),
                            0,
                            0);
                case SnapshotPart.Executor executor -> durable.restored(record(executor));
                case SnapshotPart.Operation operation -> durable.restored(record(operation));
                case SnapshotPart.App app -> durable.restored(record(app, durable));
                case SnapshotPart.Live live -> restore(durable, live.instance());
                case SnapshotPart.Ended ended -> restore(durable, ended);
            };
        }
        return durable;
    }

    private static SnapshotPart part(ExecutorRecord executor) {
        return new SnapshotPart.Executor(
                executor.id(),
                executor.digest(),
                executor.inventory(),
                executor.lost(),
                new java.util.TreeMap<>(executor.ghosts().toJavaMap()),
                executor.updated());
    }

    private static SnapshotPart part(OperationRecord operation) {
        return new SnapshotPart.Operation(
                operation.id(),
                operation.what(),
                operation.targets().toJavaStream().sorted().toList(),
                operation.desiredBefore(),
                operation.state(),
                operation.reason(),
                operation.created(),
                operation.ended(),
                operation.counts());
    }

    private static Iterable<SnapshotPart> parts(AppRecord app) {
        OperationRecord running = app.running();
        OperationId runningId = running == null ? null : running.id();
        SnapshotPart self = new SnapshotPart.App(
                app.spec(), app.desired(), runningId, app.operations().toJavaList(), app.created(), app.updated());
        return io.vavr.collection.Iterator.<SnapshotPart>concat(
                List.of(self),
                app.instances().valuesIterator().map(SnapshotPart.Live::new),
                app.ended().iterator().map(instance -> new SnapshotPart.Ended(app.id(), instance)));
    }

    private static ExecutorRecord record(SnapshotPart.Executor part) {
        Usage used = Usage.NONE;
        for (Allocation held : part.ghosts().values()) {
            used = used.plus(held);
        }
        return new ExecutorRecord(
                part.id(),
                part.digest(),
                part.inventory(),
                part.lost(),
                HashMap.empty(),
                HashMap.ofAll(part.ghosts()),
                used,
                part.updated());
    }

    private static OperationRecord record(SnapshotPart.Operation part) {
        return new OperationRecord(
                part.id(),
                part.what(),
                HashSet.ofAll(part.targets()),
                part.desiredBefore(),
                part.state(),
                part.reason(),
                part.created(),
                part.ended(),
                part.counts());
    }

    private static AppRecord record(SnapshotPart.App part, Durable durable) {
        OperationId running = part.running();
        List<OperationId> operations = part.operations();
        AppId id = part.spec().id();
        return new AppRecord(
                id,
                part.spec(),
                part.desired(),
                HashMap.empty(),
                PhaseCounts.NONE,
                Vector.empty(),
                running == null ? null : durable.operations().get(running).get(),
                Vector.ofAll(operations),
                part.created(),
                part.updated());
    }

    private static Durable restore(Durable durable, InstanceRecord instance) {
        AppRecord app = requireNonNull(durable.app(instance.app()));
        ExecutorRecord executor = requireNonNull(durable.executor(instance.executor()));
        return durable.restored(
                app.with(instance), executor.with(instance.id(), instance.app(), instance.allocation()));
    }

    private static Durable restore(Durable durable, SnapshotPart.Ended part) {
        AppRecord app = requireNonNull(durable.app(part.app()));
        return durable.restored(app.remembering(part.instance()));
    }
}
