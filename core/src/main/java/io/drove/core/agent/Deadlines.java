package io.drove.core.agent;

import io.drove.model.id.InstanceId;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The one queue of deadlines of all instances: each has at most one. Ties are broken by id. */
final class Deadlines {
    static final long NONE = Long.MAX_VALUE;

    private record Entry(long at, InstanceId instance) {}

    private final TreeSet<Entry> queue =
            new TreeSet<>(Comparator.comparingLong(Entry::at).thenComparing(Entry::instance));

    /** Replaces the instance's deadline; {@link #NONE} clears it. */
    void set(Instance instance, long at) {
        if (instance.deadline != NONE) {
            queue.remove(new Entry(instance.deadline, instance.id));
        }
        instance.deadline = at;
        if (at != NONE) {
            queue.add(new Entry(at, instance.id));
        }
    }

    /** The instance whose deadline has come first, or null when none has. */
    @Nullable
    InstanceId due(long now) {
        return queue.isEmpty() || queue.first().at > now ? null : queue.first().instance;
    }

    long earliest() {
        return queue.isEmpty() ? NONE : queue.first().at;
    }
}
