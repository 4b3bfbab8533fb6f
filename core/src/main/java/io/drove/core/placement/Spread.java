package io.drove.core.placement;

import static io.drove.model.Assertion.require;

import java.util.Arrays;

/**
 * How many instances of an app are on each host that has any. Of the apps with one instance on a host all have the same ({@link Host#alone}), since there may be a hundred
 * thousand of them; every other app has its own, which changes.
 */
final class Spread {
    static final Spread NOWHERE = new Spread(0);
    private static final int FIRST = 2;

    /** Numbers of hosts, ascending; the first {@link #size} count. */
    private int[] hosts;

    private int[] counts;
    private int size;

    private Spread(int capacity) {
        hosts = new int[capacity];
        counts = new int[capacity];
    }

    /** One instance on that host. */
    static Spread on(int host) {
        Spread one = new Spread(1);
        one.insert(0, host);
        return one;
    }

    int size() {
        return size;
    }

    /** Whether the app has two instances or more, be it on one host. */
    boolean isSeveral() {
        return size > 1 || (size == 1 && counts[0] > 1);
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

    /** With one instance more there; the same object, if it is the app's own. */
    Spread with(Host host) {
        if (size == 0) {
            return host.alone();
        }
        Spread own = isCommon() ? copy() : this;
        int position = Arrays.binarySearch(own.hosts, 0, own.size, host.number());
        if (position >= 0) {
            own.counts[position]++;
        } else {
            own.insert(-position - 1, host.number());
        }
        return own;
    }

    /** With one instance less there; the same object, if it is the app's own. */
    Spread without(Host host) {
        int position = Arrays.binarySearch(hosts, 0, size, host.number());
        require(position >= 0, "host %d has no instance to remove", host.number());
        if (size == 1 && counts[position] == 1) {
            return NOWHERE;
        }
        counts[position]--;
        if (counts[position] == 0) {
            size--;
            System.arraycopy(hosts, position + 1, hosts, position, size - position);
            System.arraycopy(counts, position + 1, counts, position, size - position);
        }
        return this;
    }

    /** Whether other apps have it too: its own has room for more. */
    private boolean isCommon() {
        return hosts.length < FIRST;
    }

    private Spread copy() {
        Spread copy = new Spread(FIRST);
        copy.insert(0, hosts[0]);
        return copy;
    }

    private void insert(int at, int host) {
        if (size == hosts.length) {
            int more = size + Math.max(FIRST, size / 2);
            hosts = Arrays.copyOf(hosts, more);
            counts = Arrays.copyOf(counts, more);
        }
        System.arraycopy(hosts, at, hosts, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        hosts[at] = host;
        counts[at] = 1;
        size++;
    }
}
