package io.drove.core.state;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.HashMap;
import io.vavr.collection.Iterator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records by their ids. Found by hash, since every fact about an instance looks for its app and its executor and puts both back; gone through in the order of the ids, so that all who read see
 * the same order. A value: each change gives another. Thread-safe.
 */
public final class Registry<K extends Comparable<K>, V> {
    private final HashMap<K, V> byId;
    private final Order<K> order;

    /**
     * The ids in order, which all registries with the same ids have in common. Sorted when it is asked for, since far more often are apps added than gone through: once for all who ask, and from
     * the order before, if that is known and not many came or went since.
     */
    private static final class Order<K extends Comparable<K>> {
        private static final int CHANGES_MAX = 64;

        private final @Nullable List<K> before;
        private final io.vavr.collection.List<K> changes;
        private volatile @Nullable List<K> ids;

        private Order(@Nullable List<K> before, io.vavr.collection.List<K> changes) {
            this.before = before;
            this.changes = changes;
        }

        static <K extends Comparable<K>> Order<K> unknown() {
            return new Order<K>(null, io.vavr.collection.List.<K>empty());
        }

        /** With that id, or without it. */
        Order<K> after(K id) {
            List<K> known = ids;
            if (known != null) {
                return new Order<K>(known, io.vavr.collection.List.<K>of(id));
            }
            return before == null || changes.size() == CHANGES_MAX
                    ? unknown()
                    : new Order<K>(before, changes.prepend(id));
        }

        List<K> of(HashMap<K, ?> byId) {
            List<K> known = ids;
            return known == null ? sorted(byId) : known;
        }

        private synchronized List<K> sorted(HashMap<K, ?> byId) {
            List<K> known = ids;
            if (known == null) {
                known = Collections.unmodifiableList(before == null ? anew(byId) : from(before, byId));
                ids = known;
            }
            return known;
        }

        private static <K extends Comparable<K>> List<K> anew(HashMap<K, ?> byId) {
            List<K> sorted = new ArrayList<>(byId.size());
            byId.keysIterator().forEach(sorted::add);
            sorted.sort(null);
            return sorted;
        }

        private List<K> from(List<K> base, HashMap<K, ?> byId) {
            List<K> sorted = new ArrayList<>(base.size() + changes.size());
            sorted.addAll(base);
            for (K id : changes) {
                int position = Collections.binarySearch(sorted, id);
                if (position < 0 && byId.containsKey(id)) {
                    sorted.add(-position - 1, id);
                } else if (position >= 0 && !byId.containsKey(id)) {
                    sorted.remove(position);
                }
            }
            return sorted;
        }
    }

    private Registry(HashMap<K, V> byId, Order<K> order) {
        this.byId = byId;
        this.order = order;
    }

    public static <K extends Comparable<K>, V> Registry<K, V> empty() {
        return new Registry<>(HashMap.<K, V>empty(), Order.<K>unknown());
    }

    public static <K extends Comparable<K>, V> Registry<K, V> of(Map<K, V> records) {
        return new Registry<>(HashMap.ofAll(records), Order.<K>unknown());
    }

    public @Nullable V get(K id) {
        return byId.getOrElse(id, null);
    }

    public boolean contains(K id) {
        return byId.containsKey(id);
    }

    public int size() {
        return byId.size();
    }

    public boolean isEmpty() {
        return byId.isEmpty();
    }

    /** All ids, in order. */
    public List<K> ids() {
        return order.of(byId);
    }

    /** All records, in the order of their ids. To be gone through once. */
    public Iterator<V> values() {
        return Iterator.ofAll(ids()).map(id -> requireNonNull(byId.getOrElse(id, null)));
    }

    Registry<K, V> put(K id, V value) {
        HashMap<K, V> all = byId.put(id, value);
        return new Registry<>(all, all.size() == byId.size() ? order : order.after(id));
    }

    Registry<K, V> remove(K id) {
        return contains(id) ? new Registry<>(byId.remove(id), order.after(id)) : this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Registry<?, ?> registry && byId.equals(registry.byId);
    }

    @Override
    public int hashCode() {
        return byId.hashCode();
    }

    @Override
    public String toString() {
        return byId.toString();
    }
}
