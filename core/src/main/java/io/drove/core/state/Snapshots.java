package io.drove.core.state;

import static java.util.Objects.requireNonNull;

import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.OperationId;
import io.drove.model.resource.Allocation;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.TreeSet;
import io.vavr.collection.Vector;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the durable half apart into small parts, and puts it together again. */
public final class Snapshots {
    private Snapshots() {}

    /** All parts, in an order in which each finds what it refers to. Lazy: a million instances are never copied at once. */
    public static Iterator<SnapshotPart> parts(Durable durable) {
        SnapshotPart head = new SnapshotPart.Head(
                durable.cluster(), durable.epoch(), durable.gone().toJavaList());
        return io.vavr.collection.Iterator.<SnapshotPart>concat(
                List.of(head),
                durable.executors().values().map(Snapshots::part),
                durable.operations().valuesIterator().map(Snapshots::part),
                durable.apps().values().flatMap(Snapshots::parts));
    }

    /** The value that those parts came from. */
    public static Durable restore(Iterator<SnapshotPart> parts) {
        Restored restored = new Restored();
        while (parts.hasNext()) {
            restored.take(parts.next());
        }
        return restored.durable();
    }

    /** What was read so far. Mutable, since a persistent map of a million entries is dear to build one by one twice over. */
    private static final class Restored {
        private SnapshotPart.@Nullable Head head;
        private final Map<ExecutorId, ExecutorRecord> executors = new java.util.HashMap<>();
        private final Map<AppId, AppRecord> apps = new java.util.HashMap<>();
        private HashMap<OperationId, OperationRecord> operations = HashMap.empty();
        private PhaseCounts instances = PhaseCounts.NONE;
        private long specBytes;

        void take(SnapshotPart part) {
            switch (part) {
                case SnapshotPart.Head first -> head = first;
                case SnapshotPart.Executor executor -> executors.put(executor.id(), record(executor));
                case SnapshotPart.Operation operation -> add(record(operation));
                case SnapshotPart.EndedOperation operation -> add(record(operation));
                case SnapshotPart.App app -> add(app);
                case SnapshotPart.Live live -> add(live.instance());
                case SnapshotPart.Ended ended ->
                    apps.put(ended.app(), requireNonNull(apps.get(ended.app())).remembering(ended.instance()));
            }
        }

        private void add(OperationRecord operation) {
            operations = operations.put(operation.id(), operation);
        }

        private void add(SnapshotPart.App app) {
            OperationRecord.Running running = null;
            if (app.running() != null
                    && operations.get(app.running()).get() instanceof OperationRecord.Running operation) {
                running = operation.sharing(app.spec());
                add(running);
            }
            apps.put(app.spec().id(), record(app, running));
            specBytes += SpecSize.bytes(app.spec());
        }

        private void add(InstanceRecord instance) {
            instances = instances.plus(instance.phase());
            apps.put(instance.app(), requireNonNull(apps.get(instance.app())).with(instance));
            ExecutorRecord executor = requireNonNull(executors.get(instance.executor()));
            executors.put(instance.executor(), executor.with(instance.id(), instance.app(), instance.allocation()));
        }

        Durable durable() {
            SnapshotPart.Head first = requireNonNull(head, "a snapshot begins with its head");
            TreeSet<ExecutorId> lostHolders = TreeSet.ofAll(executors.values().stream()
                    .filter(ExecutorRecord::isLostHolder)
                    .map(ExecutorRecord::id)
                    .toList());
            return new Durable(
                    first.cluster(),
                    first.epoch(),
                    Registry.of(apps),
                    Registry.of(executors),
                    operations,
                    Vector.ofAll(first.gone()),
                    instances,
                    lostHolders,
                    specBytes);
        }
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
        return switch (operation) {
            case OperationRecord.Running running ->
                new SnapshotPart.Operation(
                        running.id(),
                        running.what(),
                        running.targets().toJavaStream().sorted().toList(),
                        running.desiredBefore(),
                        running.state(),
                        running.reason(),
                        running.created(),
                        0,
                        null);
            case OperationRecord.Ended ended ->
                new SnapshotPart.EndedOperation(
                        ended.id(),
                        ended.appId(),
                        ended.printedType(),
                        ended.opSpec(),
                        ended.state(),
                        ended.reason(),
                        ended.created(),
                        ended.ended(),
                        ended.counts());
        };
    }

    private static Iterable<SnapshotPart> parts(AppRecord app) {
        OperationRecord.Running running = app.running();
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
        OperationRecord.Running running = new OperationRecord.Running(
                part.id(), part.what(), HashSet.ofAll(part.targets()), part.desiredBefore(), part.created());
        return part.state().isTerminal()
                ? running.ended(part.state(), part.reason(), part.ended(), part.counts())
                : running;
    }

    private static OperationRecord record(SnapshotPart.EndedOperation part) {
        return new OperationRecord.Ended(
                part.id(),
                part.app(),
                part.type(),
                part.how(),
                part.state(),
                part.reason(),
                part.created(),
                part.ended(),
                part.counts());
    }

    private static AppRecord record(SnapshotPart.App part, OperationRecord.@Nullable Running running) {
        List<OperationId> operations = part.operations();
        AppId id = part.spec().id();
        return new AppRecord(
                id,
                part.spec(),
                part.desired(),
                HashMap.empty(),
                PhaseCounts.NONE,
                Vector.empty(),
                running,
                Vector.ofAll(operations),
                part.created(),
                part.updated());
    }
}
