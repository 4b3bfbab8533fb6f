package io.drove.core.agent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The host ports of this executor. A port has one taker at a time; the search goes round the range, so that a freed port rests before it is
 * given again. A port that somebody else turned out to hold is avoided for a while.
 */
final class HostPorts {
    private final PortRange range;
    private final long avoidanceNanos;
    private final Set<Integer> taken = new HashSet<>();
    private final Map<Integer, Long> avoidedUntil = new HashMap<>();
    private int next;

    HostPorts(PortRange range, long avoidanceNanos) {
        this.range = range;
        this.avoidanceNanos = avoidanceNanos;
        this.next = range.first();
    }

    /** A port that is nobody's, or empty when there is none. */
    OptionalInt take(long now) {
        avoidedUntil.values().removeIf(until -> until <= now);
        for (int tried = 0; tried < range.size(); tried++) {
            int port = next;
            next = port == range.last() ? range.first() : port + 1;
            if (!avoidedUntil.containsKey(port) && taken.add(port)) {
                return OptionalInt.of(port);
            }
        }
        return OptionalInt.empty();
    }

    /** This port is in use by an instance that was adopted, inside the range or not. */
    void hold(int port) {
        taken.add(port);
    }

    void release(int port) {
        taken.remove(port);
    }

    void avoid(int port, long now) {
        avoidedUntil.put(port, now + avoidanceNanos);
    }
}
