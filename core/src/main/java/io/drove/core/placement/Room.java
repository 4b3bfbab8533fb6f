package io.drove.core.placement;

import static java.util.Objects.requireNonNull;

import io.drove.core.contract.Change;
import io.drove.core.placement.Machine.HostApp;
import io.drove.core.state.Durable;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.resource.Allocation;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Index of what is free in the cluster, and of how many instances of each app are on each host. Mutable: it follows the changes of one line of states; whoever
 * holds another state builds another index.
 */
public final class Room {
    private final TreeMap<ExecutorId, Machine> machines = new TreeMap<>();
    private final Map<HostApp, Integer> perHost = new HashMap<>();

    /** The index of that state. */
    public static Room of(Durable durable) {
        Room room = new Room();
        durable.executors().values().forEach(executor -> {
            room.machines.put(executor.id(), new Machine(executor, durable));
            executor.instances()
                    .values()
                    .forEach(app -> room.count(executor.inventory().hostname(), app, 1));
        });
        return room;
    }

    /** Keeps in step: {@code before} is the state on which {@code change} was applied, {@code after} the one that came of it. */
    public void follow(Durable before, Change change, Durable after) {
        switch (change) {
            case Change.InstancePlaced fact -> {
                Machine machine = requireNonNull(machines.get(fact.executor()));
                machine.take(fact.allocation());
                count(machine.host(), fact.app(), 1);
            }
            case Change.InstanceEnded fact -> {
                InstanceRecord instance = requireNonNull(before.instance(fact.app(), fact.instance()));
                rebuild(instance.executor(), after);
                count(host(instance.executor()), fact.app(), -1);
            }
            case Change.InstanceGivenUp fact -> {
                InstanceRecord instance = requireNonNull(before.instance(fact.app(), fact.instance()));
                count(host(instance.executor()), fact.app(), -1);
            }
            case Change.GhostGone fact -> rebuild(fact.executor(), after);
            case Change.ExecutorRegistered fact -> renew(before, fact, after);
            case Change.ExecutorForgotten fact -> machines.remove(fact.executor());
            case Change.EpochBegun _,
                    Change.AppRegistered _,
                    Change.AppDestroyed _,
                    Change.DesiredSet _,
                    Change.OperationStarted _,
                    Change.OperationEnded _,
                    Change.InstanceHealthy _,
                    Change.InstanceFailed _,
                    Change.InstanceCondemned _,
                    Change.StrangerCondemned _,
                    Change.ExecutorLost _,
                    Change.ExecutorReturned _ -> {}
        }
    }

    Collection<Machine> machines() {
        return machines.values();
    }

    int instancesOnHost(String host, AppId app) {
        return perHost.getOrDefault(new HostApp(host, app), 0);
    }

    /** Whether that allocation is as free as the index says; for assertions. */
    boolean isFree(ExecutorId executor, Allocation allocation) {
        Machine machine = requireNonNull(machines.get(executor));
        return machine.nodes().stream()
                .anyMatch(node -> node.id() == allocation.numaNode()
                        && node.fits(allocation.cores().size(), allocation.memoryInMb()));
    }

    private void rebuild(ExecutorId executor, Durable durable) {
        ExecutorRecord record = requireNonNull(durable.executor(executor));
        machines.put(executor, new Machine(record, durable));
    }

    private void renew(Durable before, Change.ExecutorRegistered fact, Durable after) {
        ExecutorRecord old = before.executor(fact.executor());
        if (old != null && !old.inventory().hostname().equals(fact.inventory().hostname())) {
            old.instances().values().forEach(app -> {
                count(old.inventory().hostname(), app, -1);
                count(fact.inventory().hostname(), app, 1);
            });
        }
        rebuild(fact.executor(), after);
    }

    private String host(ExecutorId executor) {
        return requireNonNull(machines.get(executor)).host();
    }

    private void count(String host, AppId app, int by) {
        perHost.merge(new HostApp(host, app), by, (old, more) -> old + more == 0 ? null : old + more);
    }
}
