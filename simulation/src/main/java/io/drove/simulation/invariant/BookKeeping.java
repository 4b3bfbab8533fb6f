package io.drove.simulation.invariant;

import io.drove.core.contract.Change;
import io.drove.core.state.AppRecord;
import io.drove.core.state.Durable;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.OperationRecord;
import io.drove.core.state.Phase;
import io.drove.core.state.PhaseCounts;
import io.drove.core.state.SpecSize;
import io.drove.model.app.AppOperation;
import io.drove.model.executor.NumaNode;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.resource.Allocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks each committed change against the books: cores, NUMA nodes, ports, budgets and counters. */
final class BookKeeping {
    private static final int WHOLE_EVERY = 64;

    private final Referee referee;
    private final Set<AppId> apps = new HashSet<>();
    private final Set<ExecutorId> executors = new HashSet<>();
    private final List<Change.InstanceHealthy> healthy = new ArrayList<>();
    private int recounts;

    BookKeeping(Referee referee) {
        this.referee = referee;
    }

    void check(Durable before, Change change, Durable after) {
        switch (change) {
            case Change.InstancePlaced fact -> {
                touch(fact.app(), fact.executor());
                placed(before, fact);
            }
            case Change.InstanceHealthy fact -> {
                touched(after, fact.app(), fact.instance());
                healthy.add(fact);
            }
            case Change.InstanceCondemned fact -> {
                touched(after, fact.app(), fact.instance());
                condemned(before, fact);
            }
            case Change.InstanceFailed fact -> touched(after, fact.app(), fact.instance());
            case Change.InstanceEnded fact -> touched(before, fact.app(), fact.instance());
            case Change.InstanceGivenUp fact -> touched(before, fact.app(), fact.instance());
            case Change.EpochBegun _,
                    Change.AppRegistered _,
                    Change.AppDestroyed _,
                    Change.DesiredSet _,
                    Change.OperationStarted _,
                    Change.OperationEnded _,
                    Change.StrangerCondemned _,
                    Change.GhostGone _,
                    Change.ExecutorRegistered _,
                    Change.ExecutorLost _,
                    Change.ExecutorReturned _,
                    Change.ExecutorForgotten _ -> {}
        }
    }

    private void touch(AppId app, ExecutorId executor) {
        apps.add(app);
        executors.add(executor);
    }

    private void touched(Durable durable, AppId app, InstanceId instance) {
        InstanceRecord record = durable.instance(app, instance);
        if (record != null) {
            touch(app, record.executor());
        }
    }

    /** I1 and I2 on what the journal gives out; I15, an instance goes only where its app's policy allows it, is our own. */
    private void placed(Durable before, Change.InstancePlaced fact) {
        ExecutorRecord executor = before.executor(fact.executor());
        AppRecord app = before.app(fact.app());
        if (executor == null || app == null) {
            return;
        }
        if (!Permission.isGiven(app, executor)) {
            referee.violated(
                    "I15",
                    fact.instance() + " is placed on " + executor.inventory() + ", which its app does not allow: "
                            + app.spec().placementPolicy(),
                    fact.instance());
        }
        Allocation given = fact.allocation();
        executor.instances().forEach((id, of) -> {
            InstanceRecord other = before.instance(of, id);
            if (other != null) {
                disjoint(fact, id, other.allocation());
            }
        });
        executor.ghosts().forEach((id, held) -> disjoint(fact, id, held));
        NumaNode node = executor.inventory().nodes().stream()
                .filter(one -> one.id() == given.numaNode())
                .findFirst()
                .orElse(null);
        boolean isOnNode = node != null && given.cores().stream().allMatch(node.cores()::contains);
        if (!isOnNode || given.cores().size() != app.spec().cores()) {
            referee.violated(
                    "I2",
                    fact.instance() + " wants " + app.spec().cores() + " cores of one node and got " + given + " of "
                            + executor.inventory().nodes(),
                    fact.instance());
        }
        memory(before, fact, executor, node);
    }

    private void disjoint(Change.InstancePlaced fact, InstanceId other, Allocation held) {
        boolean isShared = fact.allocation().numaNode() == held.numaNode()
                && fact.allocation().cores().stream().anyMatch(held.cores()::contains);
        if (isShared) {
            referee.violated(
                    "I1",
                    "cores " + fact.allocation().cores() + " of " + fact.executor() + " are given to " + fact.instance()
                            + ", and " + other + " has " + held.cores(),
                    fact.instance());
        }
    }

    private void memory(
            Durable before,
            Change.InstancePlaced fact,
            ExecutorRecord executor,
            @org.jspecify.annotations.Nullable NumaNode node) {
        long[] sum = {fact.allocation().memoryInMb()};
        executor.instances().forEach((id, of) -> {
            InstanceRecord other = before.instance(of, id);
            if (other != null
                    && other.allocation().numaNode() == fact.allocation().numaNode()) {
                sum[0] += other.allocation().memoryInMb();
            }
        });
        executor.ghosts().forEach((_, held) -> {
            if (held.numaNode() == fact.allocation().numaNode()) {
                sum[0] += held.memoryInMb();
            }
        });
        if (node != null && sum[0] > node.memoryInMb()) {
            referee.violated(
                    "I9",
                    "node " + node.id() + " of " + fact.executor() + " has " + node.memoryInMb() + " MB, and " + sum[0]
                            + " are given out with " + fact.instance(),
                    fact.instance());
        }
    }

    /** I8 on what is told to clients. */
    private void healthy(Durable after, Change.InstanceHealthy fact) {
        InstanceRecord self = after.instance(fact.app(), fact.instance());
        ExecutorRecord executor = self == null ? null : after.executor(self.executor());
        if (self == null || executor == null) {
            return;
        }
        Set<Integer> own = new HashSet<>();
        fact.ports().forEach(port -> {
            if (!own.add(port.hostPort())) {
                referee.violated("I8", fact.instance() + " has port " + port.hostPort() + " twice", fact.instance());
            }
        });
        executor.instances().forEach((id, of) -> {
            InstanceRecord other = after.instance(of, id);
            if (other == null || id.equals(fact.instance()) || other.phase() != Phase.HEALTHY) {
                return;
            }
            other.ports().forEach(port -> {
                if (own.contains(port.hostPort())) {
                    referee.violated(
                            "I8",
                            "port " + port.hostPort() + " of " + executor.id() + " serves " + fact.instance() + " and "
                                    + id,
                            id);
                }
            });
        });
    }

    /**
     * I7. The budget of an app without a rollout, or one that is scaled, is its desired count; a replacement that starts first has the same, one that stops first may go below it by its
     * parallelism. Instances that an operation names may be stopped. Instances on lost executors serve nobody: a fault
     * took them, and no other may be stopped in their place.
     */
    private void condemned(Durable before, Change.InstanceCondemned fact) {
        AppRecord app = before.app(fact.app());
        InstanceRecord instance = before.instance(fact.app(), fact.instance());
        if (app == null || instance == null || instance.phase() != Phase.HEALTHY) {
            return;
        }
        OperationRecord.Running running = app.running();
        int budget = app.desired();
        if (running != null && running.what() instanceof AppOperation.StopInstances) {
            return;
        }
        if (running != null && running.what() instanceof AppOperation.ReplaceInstances replace && replace.stopFirst()) {
            budget -= replace.opSpec().parallelism();
        }
        if (isLost(before, instance)) {
            return;
        }
        int left = app.instances().values().count(one -> one.phase() == Phase.HEALTHY && !isLost(before, one)) - 1;
        if (left < budget) {
            referee.violated(
                    "I7",
                    fact.instance() + " of " + fact.app() + " is stopped, which leaves " + left
                            + " healthy of a budget of " + budget + " (" + fact.reason() + ")",
                    fact.instance());
        }
    }

    private static boolean isLost(Durable durable, InstanceRecord instance) {
        ExecutorRecord executor = durable.executor(instance.executor());
        return executor != null && executor.lost();
    }

    /** I9: counters and sums equal the instances, for all that was touched; now and then for everything. */
    void recount(Durable durable) {
        if (++recounts % WHOLE_EVERY == 0) {
            durable.apps().ids().forEach(apps::add);
            durable.executors().ids().forEach(executors::add);
            Map<Phase, Long> phases = durable.apps()
                    .values()
                    .flatMap(app -> app.instances().values())
                    .toJavaStream()
                    .collect(Collectors.groupingBy(InstanceRecord::phase, Collectors.counting()));
            PhaseCounts counted = durable.instances();
            if (count(phases, Phase.COMING) != counted.coming()
                    || count(phases, Phase.HEALTHY) != counted.healthy()
                    || count(phases, Phase.FAILING) != counted.failing()
                    || count(phases, Phase.STOPPING) != counted.stopping()) {
                referee.violated("I9", "there are instances in " + phases + ", counted are " + counted, "");
            }
            long specs = durable.apps()
                    .values()
                    .map(app -> SpecSize.bytes(app.spec()))
                    .sum()
                    .longValue();
            if (specs != durable.specBytes()) {
                referee.violated("I9", "specs take " + specs + " bytes, counted are " + durable.specBytes(), "");
            }
        }
        // Within a batch one may take over from another: nobody sees the state in between.
        healthy.forEach(fact -> healthy(durable, fact));
        healthy.clear();
        apps.forEach(id -> recount(durable, id));
        executors.forEach(id -> recount(durable, id));
        apps.clear();
        executors.clear();
    }

    private static long count(Map<Phase, Long> phases, Phase phase) {
        return phases.getOrDefault(phase, 0L);
    }

    private void recount(Durable durable, AppId id) {
        AppRecord app = durable.app(id);
        if (app == null) {
            return;
        }
        Map<Phase, Integer> counts = new HashMap<>();
        app.instances().forEach((instance, record) -> {
            counts.merge(record.phase(), 1, Integer::sum);
            ExecutorRecord executor = durable.executor(record.executor());
            if (executor == null || !executor.instances().containsKey(instance)) {
                referee.violated("I9", instance + " is not on the list of its executor", instance);
            }
        });
        boolean isRight = app.counts().coming() == counts.getOrDefault(Phase.COMING, 0)
                && app.counts().healthy() == counts.getOrDefault(Phase.HEALTHY, 0)
                && app.counts().failing() == counts.getOrDefault(Phase.FAILING, 0)
                && app.counts().stopping() == counts.getOrDefault(Phase.STOPPING, 0);
        if (!isRight) {
            referee.violated("I9", id + " has " + counts + ", counted are " + app.counts(), id);
        }
    }

    private void recount(Durable durable, ExecutorId id) {
        ExecutorRecord executor = durable.executor(id);
        if (executor == null) {
            return;
        }
        executor.instances().forEach((instance, of) -> {
            InstanceRecord record = durable.instance(of, instance);
            if (record == null || !record.executor().equals(id)) {
                referee.violated("I9", id + " lists " + instance + ", which is not there", instance);
            }
        });
    }
}
