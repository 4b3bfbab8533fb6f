package io.drove.core.state;

import static io.drove.model.Assertion.require;
import static java.util.Objects.requireNonNull;

import io.drove.core.contract.Change;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.drove.model.instance.InstanceState;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.TreeSet;
import io.vavr.collection.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The half of the state that is journaled. Equal journals give equal values, whoever applies them and when.
 *
 * @param cluster null before the first epoch
 * @param operations every operation that is remembered, running or over
 * @param gone operations of apps that were destroyed, oldest first
 * @param instances how many live instances of all apps are in each phase
 * @param lostHolders executors that are lost and hold live instances
 * @param specBytes memory that the specs of all apps take together, see {@link SpecSize}
 */
public record Durable(
        @Nullable ClusterId cluster,
        long epoch,
        Registry<AppId, AppRecord> apps,
        Registry<ExecutorId, ExecutorRecord> executors,
        HashMap<OperationId, OperationRecord> operations,
        Vector<OperationId> gone,
        PhaseCounts instances,
        TreeSet<ExecutorId> lostHolders,
        long specBytes) {
    public static Durable empty() {
        return new Durable(
                null,
                0,
                Registry.empty(),
                Registry.empty(),
                HashMap.empty(),
                Vector.empty(),
                PhaseCounts.NONE,
                TreeSet.empty(),
                0);
    }

    public @Nullable AppRecord app(AppId id) {
        return apps.get(id);
    }

    public @Nullable ExecutorRecord executor(ExecutorId id) {
        return executors.get(id);
    }

    public @Nullable InstanceRecord instance(AppId app, InstanceId id) {
        AppRecord record = app(app);
        return record == null ? null : record.instances().getOrElse(id, null);
    }

    /** The state after this fact. Fails, as only a bug can make it, when the fact cannot follow on this state. */
    public Durable apply(Change change, Limits limits) {
        return switch (change) {
            case Change.EpochBegun fact -> begin(fact);
            case Change.AppRegistered fact -> register(fact);
            case Change.AppDestroyed fact -> destroy(fact, limits);
            case Change.DesiredSet fact -> with(existing(fact.app()).wanting(fact.desired(), fact.at()));
            case Change.OperationStarted fact -> start(fact, limits);
            case Change.OperationEnded fact -> end(fact);
            case Change.InstancePlaced fact -> place(fact);
            case Change.InstanceHealthy fact ->
                with(existing(fact.app(), fact.instance()).healthy(fact.ports(), fact.at()));
            case Change.InstanceFailed fact ->
                with(existing(fact.app(), fact.instance()).failed(fact.error(), fact.at()));
            case Change.InstanceCondemned fact ->
                with(existing(fact.app(), fact.instance()).condemned(fact.reason(), fact.at()));
            case Change.InstanceEnded fact -> end(fact, limits);
            case Change.InstanceGivenUp fact -> giveUp(fact, limits);
            case Change.StrangerCondemned fact -> with(existing(fact.executor()).haunted(fact.instance()));
            case Change.GhostGone fact -> with(existing(fact.executor()).freed(fact.instance()));
            case Change.ExecutorRegistered fact -> register(fact);
            case Change.ExecutorLost fact -> with(existing(fact.executor()).lost(true, fact.at()));
            case Change.ExecutorReturned fact -> with(existing(fact.executor()).lost(false, fact.at()));
            case Change.ExecutorForgotten fact -> forget(fact);
        };
    }

    private Durable begin(Change.EpochBegun fact) {
        require(fact.epoch() > epoch, "epoch %d must be above %d", fact.epoch(), epoch);
        return new Durable(
                fact.cluster(), fact.epoch(), apps, executors, operations, gone, instances, lostHolders, specBytes);
    }

    private Durable register(Change.AppRegistered fact) {
        AppRecord app = AppRecord.of(fact.spec(), fact.at());
        require(app(app.id()) == null, "app %s exists", app.id());
        return new Durable(
                cluster,
                epoch,
                apps.put(app.id(), app),
                executors,
                operations,
                gone,
                instances,
                lostHolders,
                specBytes + SpecSize.bytes(app.spec()));
    }

    private Durable destroy(Change.AppDestroyed fact, Limits limits) {
        AppRecord app = existing(fact.app());
        require(app.instances().isEmpty(), "app %s is destroyed with live instances", fact.app());
        Vector<OperationId> all = gone.appendAll(app.operations());
        int surplus = Math.max(0, all.size() - limits.operationsOfGoneApps());
        return new Durable(
                cluster,
                epoch,
                apps.remove(fact.app()),
                executors,
                operations.removeAll(all.take(surplus)),
                all.drop(surplus),
                instances,
                lostHolders,
                specBytes - SpecSize.bytes(app.spec()));
    }

    private Durable start(Change.OperationStarted fact, Limits limits) {
        AppRecord app = existing(fact.what().appId());
        require(app.running() == null, "app %s already has an operation", app.id());
        OperationRecord.Running operation = new OperationRecord.Running(
                        fact.operation(), fact.what(), HashSet.ofAll(fact.targets()), fact.desiredBefore(), fact.at())
                .sharing(app.spec());
        List<OperationId> before = app.operations();
        int surplus = Math.max(0, before.size() + 1 - limits.operationsPerApp());
        return withApps(
                apps.put(app.id(), app.operating(operation, before.subList(surplus, before.size()), fact.at())),
                operations.removeAll(before.subList(0, surplus)).put(fact.operation(), operation));
    }

    private Durable end(Change.OperationEnded fact) {
        AppRecord app = existing(fact.app());
        OperationRecord.Running running = app.running();
        require(
                running != null && running.id().equals(fact.operation()),
                "operation %s of %s does not run",
                fact.operation(),
                fact.app());
        OperationRecord.Ended ended =
                requireNonNull(running).ended(app.id(), fact.state(), fact.reason(), fact.at(), fact.counts());
        return withApps(apps.put(app.id(), app.idle(ended, fact.at())), operations.put(fact.operation(), ended));
    }

    private Durable place(Change.InstancePlaced fact) {
        AppRecord app = existing(fact.app());
        ExecutorRecord executor = existing(fact.executor()).with(fact.instance(), app.id(), fact.allocation());
        InstanceRecord instance = new InstanceRecord(
                fact.instance(),
                app.id(),
                executor.id(),
                fact.allocation(),
                Phase.COMING,
                List.of(),
                "",
                null,
                fact.at(),
                fact.at());
        return new Durable(
                cluster,
                epoch,
                apps.put(app.id(), app.with(instance)),
                executors.put(executor.id(), executor),
                operations,
                gone,
                instances.plus(instance.phase()),
                lostHoldersWith(executor),
                specBytes);
    }

    private Durable end(Change.InstanceEnded fact, Limits limits) {
        InstanceRecord instance = existing(fact.app(), fact.instance());
        EndedInstance end = new EndedInstance(instance, fact.state(), fact.error(), fact.at());
        return remove(end, existing(instance.executor()).without(fact.instance(), instance.allocation()), limits);
    }

    private Durable giveUp(Change.InstanceGivenUp fact, Limits limits) {
        InstanceRecord instance = existing(fact.app(), fact.instance());
        EndedInstance end = new EndedInstance(instance, InstanceState.LOST, fact.error(), fact.at());
        ExecutorRecord executor = existing(instance.executor()).haunted(fact.instance(), instance.allocation());
        return remove(end, executor, limits);
    }

    private Durable remove(EndedInstance end, ExecutorRecord executor, Limits limits) {
        AppRecord app = existing(end.instance().app());
        return new Durable(
                cluster,
                epoch,
                apps.put(app.id(), app.without(end.instance(), end, limits.endedPerApp())),
                executors.put(executor.id(), executor),
                operations,
                gone,
                instances.minus(end.instance().phase()),
                lostHoldersWith(executor),
                specBytes);
    }

    private Durable register(Change.ExecutorRegistered fact) {
        ExecutorRecord before = executor(fact.executor());
        return with(
                before != null
                        ? before.known(fact.digest(), fact.inventory(), fact.at())
                        : new ExecutorRecord(
                                fact.executor(),
                                fact.digest(),
                                fact.inventory(),
                                false,
                                HashMap.empty(),
                                HashMap.empty(),
                                Usage.NONE,
                                fact.at()));
    }

    private Durable forget(Change.ExecutorForgotten fact) {
        ExecutorRecord executor = existing(fact.executor());
        require(executor.instances().isEmpty(), "executor %s is forgotten with live instances", fact.executor());
        return new Durable(
                cluster,
                epoch,
                apps,
                executors.remove(fact.executor()),
                operations,
                gone,
                instances,
                lostHolders,
                specBytes);
    }

    private Durable with(InstanceRecord instance) {
        AppRecord app = existing(instance.app());
        Phase before = existing(instance.app(), instance.id()).phase();
        return new Durable(
                cluster,
                epoch,
                apps.put(app.id(), app.with(instance)),
                executors,
                operations,
                gone,
                instances.minus(before).plus(instance.phase()),
                lostHolders,
                specBytes);
    }

    private Durable with(AppRecord app) {
        return withApps(apps.put(app.id(), app), operations);
    }

    private Durable with(ExecutorRecord executor) {
        return new Durable(
                cluster,
                epoch,
                apps,
                executors.put(executor.id(), executor),
                operations,
                gone,
                instances,
                lostHoldersWith(executor),
                specBytes);
    }

    private TreeSet<ExecutorId> lostHoldersWith(ExecutorRecord executor) {
        if (executor.isLostHolder() == lostHolders.contains(executor.id())) {
            return lostHolders;
        }
        return executor.isLostHolder() ? lostHolders.add(executor.id()) : lostHolders.remove(executor.id());
    }

    private Durable withApps(Registry<AppId, AppRecord> newApps, HashMap<OperationId, OperationRecord> newOperations) {
        return new Durable(cluster, epoch, newApps, executors, newOperations, gone, instances, lostHolders, specBytes);
    }

    private AppRecord existing(AppId id) {
        AppRecord app = app(id);
        require(app != null, "no app %s", id);
        return requireNonNull(app);
    }

    private ExecutorRecord existing(ExecutorId id) {
        ExecutorRecord executor = executor(id);
        require(executor != null, "no executor %s", id);
        return requireNonNull(executor);
    }

    private InstanceRecord existing(AppId app, InstanceId id) {
        InstanceRecord instance = instance(app, id);
        require(instance != null, "no live instance %s of %s", id, app);
        return requireNonNull(instance);
    }
}
