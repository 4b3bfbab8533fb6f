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

    /** The ids in order, which all registries with the same ids have in common. Sorted when it is asked for: far more often are apps added than gone through. */
    private static final class Order<K extends Comparable<K>> {
        private volatile @Nullable List<K> ids;

        List<K> of(HashMap<K, ?> byId) {
            List<K> known = ids;
            if (known == null) {
                List<K> sorted = new ArrayList<>(byId.size());
                byId.keysIterator().forEach(sorted::add);
                sorted.sort(null);
                known = Collections.unmodifiableList(sorted);
                ids = known;
            }
            return known;
        }
    }

    private Registry(HashMap<K, V> byId, Order<K> order) {
        this.byId = byId;
        this.order = order;
    }

    public static <K extends Comparable<K>, V> Registry<K, V> empty() {
        return new Registry<>(HashMap.<K, V>empty(), new Order<K>());
    }

    public static <K extends Comparable<K>, V> Registry<K, V> of(Map<K, V> records) {
        return new Registry<>(HashMap.ofAll(records), new Order<K>());
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
        return new Registry<>(all, all.size() == byId.size() ? order : new Order<K>());
    }

    Registry<K, V> remove(K id) {
        return contains(id) ? new Registry<>(byId.remove(id), new Order<K>()) : this;
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
