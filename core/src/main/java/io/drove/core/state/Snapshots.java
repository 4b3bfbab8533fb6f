package io.drove.core.state;

import static io.drove.model.Assertion.require;
import static java.util.Objects.requireNonNull;

import io.drove.model.app.AppSpec;
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
import java.util.Objects;
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

    /** The value that those parts came from. Refuses parts that contradict each other. */
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
        private final Map<OperationId, OperationRecord> operations = new java.util.HashMap<>();
        private PhaseCounts instances = PhaseCounts.NONE;
        private long specBytes;

        void take(SnapshotPart part) {
            switch (part) {
                case SnapshotPart.Head first -> head = first;
                case SnapshotPart.Executor executor -> executors.put(executor.id(), record(executor));
                case SnapshotPart.Operation operation ->
                    add(record(operation.what().appId(), operation));
                case SnapshotPart.EndedOperation operation -> add(record(operation.app(), operation));
                case SnapshotPart.App app -> add(app);
                case SnapshotPart.Live live -> add(live.instance());
                case SnapshotPart.Ended ended -> add(ended.instance());
            }
        }

        private void add(OperationRecord operation) {
            operations.put(operation.id(), operation);
        }

        private void add(SnapshotPart.App app) {
            AppSpec spec = app.spec();
            OperationRecord last = null;
            for (OperationId operation : app.operations()) {
                OperationRecord told = operations.get(operation);
                require(
                        told != null && told.appId().equals(spec.id()),
                        "app %s has operation %s, which is not told of",
                        spec.id(),
                        operation);
                last = requireNonNull(told).sharing(spec);
                add(last);
            }
            OperationId running = last instanceof OperationRecord.Running ? last.id() : null;
            require(
                    Objects.equals(app.running(), running),
                    "app %s runs operation %s, of its operations %s runs last",
                    spec.id(),
                    app.running(),
                    running);
            apps.put(spec.id(), record(app, last));
            specBytes += SpecSize.bytes(spec);
        }

        private void add(InstanceRecord read) {
            instances = instances.plus(read.phase());
            AppRecord app = requireNonNull(apps.get(read.app()));
            ExecutorRecord executor = requireNonNull(executors.get(read.executor()));
            InstanceRecord instance = read.sharing(app.id(), executor.id());
            apps.put(app.id(), app.with(instance));
            executors.put(executor.id(), executor.with(instance.id(), app.id(), instance.allocation()));
        }

        private void add(EndedInstance read) {
            AppRecord app = requireNonNull(apps.get(read.instance().app()));
            ExecutorRecord executor = executors.get(read.instance().executor());
            InstanceRecord instance = read.instance()
                    .sharing(app.id(), executor == null ? read.instance().executor() : executor.id());
            apps.put(
                    app.id(), app.remembering(new EndedInstance(instance, read.state(), read.error(), read.updated())));
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
                    HashMap.ofAll(operations),
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
                app.spec(), app.desired(), runningId, app.operations(), app.created(), app.updated());
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

    private static OperationRecord record(AppId app, SnapshotPart.Operation part) {
        OperationRecord.Running running = new OperationRecord.Running(
                part.id(), part.what(), HashSet.ofAll(part.targets()), part.desiredBefore(), part.created());
        return part.state().isTerminal()
                ? running.ended(app, part.state(), part.reason(), part.ended(), part.counts())
                : running;
    }

    private static OperationRecord record(AppId app, SnapshotPart.EndedOperation part) {
        OperationSummary summary =
                new OperationSummary(part.type(), part.how(), part.state(), part.reason(), part.counts());
        return new OperationRecord.Ended(part.id(), app, summary, part.created(), part.ended());
    }

    private static AppRecord record(SnapshotPart.App part, @Nullable OperationRecord last) {
        List<OperationId> operations = part.operations();
        return new AppRecord(
                part.spec(),
                part.desired(),
                HashMap.empty(),
                PhaseCounts.NONE,
                Vector.empty(),
                last,
                operations.subList(0, Math.max(0, operations.size() - 1)),
                part.created(),
                part.updated());
    }
}
