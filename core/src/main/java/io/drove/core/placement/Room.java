package io.drove.core.placement;

import static java.util.Objects.requireNonNull;

import io.drove.core.contract.Change;
import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Durable;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Ledger;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.resource.Allocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Index of what is free in the cluster, of who takes work, and of how many instances of each app are on each host. Mutable: it follows one line
 * of states; whoever holds another state builds another index, which then answers the same.
 */
public final class Room implements Ledger.Follower {
    private final TreeMap<ExecutorId, Machine> machines = new TreeMap<>();
    private final Map<String, Host> hostsByName = new HashMap<>();
    private final List<Host> hosts = new ArrayList<>();
    /** Of the apps with two instances or more. Where an app's only instance is, the state tells: there may be a hundred thousand such apps. */
    private final Map<AppId, Spread> spreads = new HashMap<>();
    /** The state that it follows; while it is told of a change, the one before it. */
    private Durable durable = Durable.empty();
    /** By the app's name: it has one id for each version. Sets of one are immutable. Null until somebody wants to stay away from other apps. */
    private @Nullable Map<String, Set<AppId>> versions;
    /** Null when executors came or went since the last question. */
    private @Nullable Slots slots;

    /** The index of that state. */
    public static Room of(ClusterState state) {
        Room room = new Room();
        Durable durable = state.durable();
        room.durable = durable;
        for (ExecutorRecord executor : durable.executors().values()) {
            boolean isReady = state.observed().isReady(executor.id());
            Machine machine =
                    new Machine(executor, room.host(executor.inventory().hostname()), isReady);
            room.machines.put(executor.id(), machine);
            executor.ghosts().valuesIterator().forEach(held -> room.take(machine, held));
        }
        for (AppRecord app : durable.apps().values()) {
            Spread spread = Spread.NOWHERE;
            for (InstanceRecord instance : app.instances().valuesIterator()) {
                Machine machine = room.machine(instance.executor());
                room.take(machine, instance.allocation());
                spread = spread.with(machine.host());
            }
            room.keep(app.id(), spread);
        }
        return room;
    }

    @Override
    public void follow(Durable before, Change change, Durable after) {
        switch (change) {
            case Change.InstancePlaced fact -> add(fact.app(), fact.executor(), fact.allocation());
            case Change.InstanceEnded fact -> {
                InstanceRecord instance = requireNonNull(before.instance(fact.app(), fact.instance()));
                release(machine(instance.executor()), instance.allocation());
                left(fact.app(), instance.executor());
            }
            case Change.InstanceGivenUp fact -> {
                InstanceRecord instance = requireNonNull(before.instance(fact.app(), fact.instance()));
                left(fact.app(), instance.executor());
            }
            case Change.StrangerCondemned fact ->
                requireNonNull(before.executor(fact.executor()))
                        .ghosts()
                        .get(fact.instance())
                        .forEach(held -> release(machine(fact.executor()), held));
            case Change.GhostGone fact ->
                requireNonNull(before.executor(fact.executor()))
                        .ghosts()
                        .get(fact.instance())
                        .forEach(held -> release(machine(fact.executor()), held));
            case Change.ExecutorRegistered fact ->
                renew(before, requireNonNull(after.executor(fact.executor())), after);
            case Change.ExecutorForgotten fact -> {
                machines.remove(fact.executor());
                layOutAnew();
            }
            case Change.ExecutorLost fact -> lost(fact.executor(), true);
            case Change.ExecutorReturned fact -> lost(fact.executor(), false);
            case Change.AppRegistered fact ->
                known(requireNonNull(after.app(fact.spec().id())));
            case Change.AppDestroyed fact -> forget(requireNonNull(before.app(fact.app())));
            case Change.EpochBegun _,
                    Change.DesiredSet _,
                    Change.OperationStarted _,
                    Change.OperationEnded _,
                    Change.InstanceHealthy _,
                    Change.InstanceFailed _,
                    Change.InstanceCondemned _ -> {}
        }
        durable = after;
    }

    @Override
    public void present(ExecutorId executor, boolean isReady) {
        Machine machine = machines.get(executor);
        if (machine != null && machine.isReady() != isReady) {
            machine.ready(isReady);
            acceptanceChanged(machine);
        }
    }

    private void lost(ExecutorId executor, boolean is) {
        Machine machine = machine(executor);
        machine.lost(is);
        acceptanceChanged(machine);
    }

    private void acceptanceChanged(Machine machine) {
        if (slots != null) {
            slots.changed(machine);
        }
    }

    Collection<Machine> machines() {
        return machines.values();
    }

    Host host(int number) {
        return hosts.get(number);
    }

    Spread spread(AppId app) {
        Spread several = spreads.get(app);
        if (several != null) {
            return several;
        }
        AppRecord record = durable.app(app);
        if (record == null || record.instances().isEmpty()) {
            return Spread.NOWHERE;
        }
        InstanceRecord only = record.instances().valuesIterator().next();
        return machine(only.executor()).host().alone();
    }

    private void keep(AppId app, Spread spread) {
        if (spread.isSeveral()) {
            spreads.put(app, spread);
        } else {
            spreads.remove(app);
        }
    }

    /** The slots of the hosts that have instances of this app. */
    SlotSet occupied(AppId app) {
        return slots().occupied(app, spread(app), hosts::get);
    }

    /** All versions of the app of that name; and the app with that id, if it has instances. */
    Set<AppId> versions(String nameOrId) {
        Set<AppId> named = versions().getOrDefault(nameOrId, Set.of());
        if (nameOrId.isEmpty() || spread(new AppId(nameOrId)).size() == 0) {
            return named;
        }
        Set<AppId> all = new HashSet<>(named);
        all.add(new AppId(nameOrId));
        return all;
    }

    private Map<String, Set<AppId>> versions() {
        Map<String, Set<AppId>> present = versions;
        if (present == null) {
            present = new HashMap<>();
            for (AppRecord app : durable.apps().values()) {
                addTo(present, app);
            }
            versions = present;
        }
        return present;
    }

    private void known(AppRecord app) {
        if (versions != null) {
            addTo(versions, app);
        }
    }

    private static void addTo(Map<String, Set<AppId>> versions, AppRecord app) {
        // Names are texts of their own here, so this map is made only for who asks for one.
        // Nearly all apps have one version: a set of one that cannot grow takes a tenth of one that can.
        versions.merge(app.spec().name(), Set.of(app.id()), (before, added) -> {
            Set<AppId> all = before.size() == 1 ? new HashSet<>(before) : before;
            all.addAll(added);
            return all;
        });
    }

    private void forget(AppRecord app) {
        if (versions == null) {
            return;
        }
        String name = app.spec().name();
        Set<AppId> all = requireNonNull(versions.get(name));
        if (all.size() == 1) {
            versions.remove(name);
        } else {
            all.remove(app.id());
        }
    }

    Slots slots() {
        Slots present = slots;
        if (present == null) {
            hosts.forEach(Host::clear);
            present = new Slots(machines.values());
            slots = present;
        }
        return present;
    }

    private void layOutAnew() {
        slots = null;
    }

    private Machine machine(ExecutorId executor) {
        return requireNonNull(machines.get(executor));
    }

    private Host host(String name) {
        return hostsByName.computeIfAbsent(name, _ -> {
            Host host = new Host(hosts.size());
            hosts.add(host);
            return host;
        });
    }

    private void add(AppId app, ExecutorId executor, Allocation allocation) {
        Machine machine = machine(executor);
        take(machine, allocation);
        Spread before = spread(app);
        int hosts = before.size();
        Spread after = before.with(machine.host());
        keep(app, after);
        if (after.size() > hosts) {
            occupy(app, machine.host(), true);
        }
    }

    private void left(AppId app, ExecutorId executor) {
        Host host = machine(executor).host();
        Spread before = spread(app);
        int hosts = before.size();
        Spread after = before.without(host);
        keep(app, after);
        if (after.size() < hosts) {
            occupy(app, host, false);
        }
    }

    private void occupy(AppId app, Host host, boolean isOccupied) {
        if (slots != null) {
            slots.occupy(app, host, isOccupied);
        }
    }

    private void take(Machine machine, Allocation allocation) {
        NodeRoom node = machine.node(allocation);
        if (node != null) {
            int cores = node.freeCores();
            long memory = node.freeMemory();
            node.take(allocation);
            changed(node, cores, memory);
        }
    }

    private void release(Machine machine, Allocation allocation) {
        NodeRoom node = machine.node(allocation);
        if (node != null) {
            int cores = node.freeCores();
            long memory = node.freeMemory();
            node.release(allocation);
            changed(node, cores, memory);
        }
    }

    private void changed(NodeRoom node, int freeCoresBefore, long freeMemoryBefore) {
        if (slots != null) {
            slots.changed(node, freeCoresBefore, freeMemoryBefore);
        }
    }

    /** An executor is new, or what it has is. */
    private void renew(Durable before, ExecutorRecord executor, Durable after) {
        ExecutorRecord old = before.executor(executor.id());
        if (old != null && old.inventory().equals(executor.inventory())) {
            return;
        }
        layOutAnew();
        Host host = host(executor.inventory().hostname());
        Machine former = machines.get(executor.id());
        Machine machine = new Machine(executor, host, former != null && former.isReady());
        machines.put(executor.id(), machine);
        executor.ghosts().valuesIterator().forEach(held -> take(machine, held));
        executor.instances().forEach((id, app) -> {
            take(machine, requireNonNull(after.instance(app, id)).allocation());
            Spread several = spreads.get(app);
            if (several != null && former != null) {
                spreads.put(app, several.without(former.host()).with(host));
            }
        });
    }
}
