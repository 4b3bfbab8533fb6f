package io.drove.core.placement;

import static io.drove.model.Assertion.require;

import java.util.Arrays;

/** How many instances of an app are on each host that has any. */
final class Spread {
    static final Spread NOWHERE = new Spread();
    private static final int FIRST = 2;

    /** Numbers of hosts, ascending; the first {@link #size} count. */
    private int[] hosts = new int[FIRST];

    private int[] counts = new int[FIRST];
    private int size;

    int size() {
        return size;
    }

    /** The number of the host at that position. */
    int host(int position) {
        return hosts[position];
    }

    int count(int position) {
        return counts[position];
    }

    /** Adds the instances on each host to the sum of its group; {@code groups} is by number of the host, and who is beyond it counts nowhere. */
    void sum(int[] groups, int[] sums) {
        for (int i = 0; i < size; i++) {
            if (hosts[i] < groups.length) {
                sums[groups[hosts[i]]] += counts[i];
            }
        }
    }

    /** Says whether it is the first one there. */
    boolean add(Host host) {
        int position = Arrays.binarySearch(hosts, 0, size, host.number());
        if (position >= 0) {
            counts[position]++;
            return false;
        }
        if (size == hosts.length) {
            int more = size + Math.max(FIRST, size / 2);
            hosts = Arrays.copyOf(hosts, more);
            counts = Arrays.copyOf(counts, more);
        }
        int at = -position - 1;
        System.arraycopy(hosts, at, hosts, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        hosts[at] = host.number();
        counts[at] = 1;
        size++;
        return true;
    }

    /** Says whether it was the last one there. */
    boolean remove(Host host) {
        int position = Arrays.binarySearch(hosts, 0, size, host.number());
        require(position >= 0, "host %d has no instance to remove", host.number());
        counts[position]--;
        if (counts[position] > 0) {
            return false;
        }
        size--;
        System.arraycopy(hosts, position + 1, hosts, position, size - position);
        System.arraycopy(counts, position + 1, counts, position, size - position);
        return true;
    }
}
