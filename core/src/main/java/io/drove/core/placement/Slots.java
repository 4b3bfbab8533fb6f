package io.drove.core.placement;

import static java.util.Objects.requireNonNull;

import io.drove.model.Recent;
import io.drove.model.id.AppId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The NUMA nodes of all executors as slots, numbered by executor id and then by node, and the sets that answer a request without a look at each: which
 * have at least so many free cores, so much free memory, take work, and have a tag. A change of one slot moves it in and out of as many sets
 * as cores changed hands; a change of the executors lays all of it out anew.
 */
final class Slots {
    private static final int TAGS_MAX = 1_000;
    private static final int LABELS_MAX = 100;
    /** Apps that are being placed at once, and more; with 10,000 slots their sets have a megabyte. */
    private static final int OCCUPIED_MAX = 1_024;

    private final List<NodeRoom> rooms = new ArrayList<>();
    private final List<Machine> owners = new ArrayList<>();
    /** By number of cores: the slots with at least so many free. The last one is empty. */
    private final SlotSet[] free;
    /** By binary logarithm: the slots with at least 2^i MB free. */
    private final SlotSet[] memory = new SlotSet[Long.SIZE];

    private final SlotSet all;
    /** One slot of each executor. */
    private final SlotSet firsts;

    private final SlotSet accepting;
    private final SlotSet untagged;
    private final Map<String, SlotSet> tagged = new HashMap<>();
    private final Map<String, Label> labels = new HashMap<>();
    /** By app, of those asked for or moved last: the slots of the hosts that have instances of it. */
    private final Recent<AppId, SlotSet> occupied = new Recent<>(OCCUPIED_MAX);

    private final SlotSet candidates;
    private final SlotSet unsure;
    private final SlotSet scratch;

    Slots(Collection<Machine> machines) {
        int mostCores = 0;
        for (Machine machine : machines) {
            for (NodeRoom room : machine.nodes()) {
                room.slot(rooms.size());
                machine.host().add(rooms.size());
                rooms.add(room);
                owners.add(machine);
                mostCores = Math.max(mostCores, room.coresMax());
            }
        }
        free = new SlotSet[mostCores + 2];
        for (int i = 0; i < free.length; i++) {
            free[i] = set();
        }
        for (int i = 0; i < memory.length; i++) {
            memory[i] = set();
        }
        all = set();
        firsts = set();
        accepting = set();
        untagged = set();
        candidates = set();
        unsure = set();
        scratch = set();
        for (int slot = 0; slot < rooms.size(); slot++) {
            NodeRoom room = rooms.get(slot);
            move(slot, free, -1, room.freeCores());
            move(slot, memory, -1, logarithm(room.freeMemory()));
            all.add(slot);
            firsts.set(slot, slot == 0 || owners.get(slot) != owners.get(slot - 1));
            accepting.set(slot, owners.get(slot).accepts());
            untagged.set(slot, !owners.get(slot).inventory().isTagged());
        }
    }

    SlotSet set() {
        return new SlotSet(rooms.size());
    }

    NodeRoom room(int slot) {
        return rooms.get(slot);
    }

    Machine owner(int slot) {
        return owners.get(slot);
    }

    /** What is free there was something else before. */
    void changed(NodeRoom room, int freeCoresBefore, long freeMemoryBefore) {
        move(room.slot(), free, freeCoresBefore, room.freeCores());
        move(room.slot(), memory, logarithm(freeMemoryBefore), logarithm(room.freeMemory()));
    }

    /** Whether the executor takes work has changed. */
    void changed(Machine machine) {
        machine.nodes().forEach(room -> accepting.set(room.slot(), machine.accepts()));
    }

    /** From the set of {@code from} to that of {@code to}, of which each lies within the one before it. */
    private static void move(int slot, SlotSet[] sets, int from, int to) {
        for (int i = from + 1; i <= to; i++) {
            sets[i].add(slot);
        }
        for (int i = to + 1; i <= from; i++) {
            sets[i].remove(slot);
        }
    }

    /** The largest i with 2^i not above {@code megabytes}; -1 for none. */
    private static int logarithm(long megabytes) {
        return megabytes <= 0 ? -1 : Long.SIZE - 1 - Long.numberOfLeadingZeros(megabytes);
    }

    /** The slots that take work and have the room. Valid until the next question. */
    SlotSet candidates(int cores, long megabytes) {
        if (cores >= free.length) {
            candidates.clear();
            return candidates;
        }
        candidates.become(free[cores]).retainAll(accepting);
        if (megabytes <= 0) {
            return candidates;
        }
        int below = logarithm(megabytes);
        int above = megabytes == 1L << below ? below : below + 1;
        if (above != below) {
            unsure.become(candidates).retainAll(memory[below]).removeAll(memory[above]);
        }
        candidates.retainAll(memory[above]);
        for (int slot = above == below ? -1 : unsure.next(0); slot >= 0; slot = unsure.next(slot + 1)) {
            if (rooms.get(slot).freeMemory() >= megabytes) {
                candidates.add(slot);
            }
        }
        return candidates;
    }

    /** A set to work with, for one question at a time. */
    SlotSet scratch() {
        return scratch;
    }

    /** The slots of the hosts that have instances of this app; kept in step by {@link #occupy}. */
    SlotSet occupied(AppId app, Spread spread, IntFunction<Host> hosts) {
        return occupied.get(app, _ -> {
            SlotSet all = set();
            for (int i = 0; i < spread.size(); i++) {
                for (int slot : hosts.apply(spread.host(i)).slots()) {
                    all.add(slot);
                }
            }
            return all;
        });
    }

    /** The host has its first instance of the app, or no longer any. */
    void occupy(AppId app, Host host, boolean isOccupied) {
        SlotSet known = occupied.get(app);
        if (known != null) {
            for (int slot : host.slots()) {
                known.set(slot, isOccupied);
            }
        }
    }

    SlotSet all() {
        return all;
    }

    SlotSet accepting() {
        return accepting;
    }

    /** The slots with at least so many cores free. */
    SlotSet free(int cores) {
        return free[Math.min(cores, free.length - 1)];
    }

    /** How many executors have their slots there; each has all of them there, or none. */
    int executors(SlotSet whole) {
        return firsts.countOf(whole);
    }

    /** How many executors have any slot there. */
    int owners(SlotSet some) {
        int count = 0;
        Machine last = null;
        for (int slot = some.next(0); slot >= 0; slot = some.next(slot + 1)) {
            count += owners.get(slot) == last ? 0 : 1;
            last = owners.get(slot);
        }
        return count;
    }

    SlotSet untagged() {
        return untagged;
    }

    SlotSet tagged(String tag) {
        if (tagged.size() >= TAGS_MAX && !tagged.containsKey(tag)) {
            tagged.clear();
        }
        return requireNonNull(tagged.computeIfAbsent(tag, wanted -> {
            SlotSet having = set();
            for (int slot = 0; slot < rooms.size(); slot++) {
                having.set(slot, owners.get(slot).hasTag(wanted));
            }
            return having;
        }));
    }

    Label label(String key) {
        if (labels.size() >= LABELS_MAX && !labels.containsKey(key)) {
            labels.clear();
        }
        return requireNonNull(labels.computeIfAbsent(key, wanted -> new Label(wanted, this, rooms.size())));
    }

    /** Of those, all of which have {@code cores} free, one with the fewest free cores; the first of several; -1 when there are none. */
    int tightest(SlotSet slots, int cores) {
        int low = cores;
        int high = free.length - 2;
        int found = -1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int slot = slots.firstOutside(free[middle + 1]);
            if (slot < 0) {
                low = middle + 1;
            } else {
                found = slot;
                high = middle - 1;
            }
        }
        return found;
    }

    /** Of those, one with the most free cores; the first of several; -1 when there are none. */
    int roomiest(SlotSet slots) {
        int low = 0;
        int high = free.length - 2;
        int found = -1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int slot = slots.firstInside(free[middle]);
            if (slot < 0) {
                high = middle - 1;
            } else {
                found = slot;
                low = middle + 1;
            }
        }
        return found;
    }
}
