package io.drove.core.state;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.HashMap;
import io.vavr.collection.Iterator;
import io.vavr.collection.TreeSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records by their ids. Found by hash, since every fact about an instance looks for its app and its executor and puts both back; gone through in the
 * order of the ids, so that all who read see the same order. A value: each change gives another.
 */
public record Registry<K extends Comparable<K>, V>(HashMap<K, V> byId, TreeSet<K> ids) {
    public static <K extends Comparable<K>, V> Registry<K, V> empty() {
        return new Registry<>(HashMap.<K, V>empty(), TreeSet.<K>empty());
    }

    public static <K extends Comparable<K>, V> Registry<K, V> of(Map<K, V> records) {
        return new Registry<>(HashMap.ofAll(records), TreeSet.<K>ofAll(records.keySet()));
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

    /** All records, in the order of their ids. To be gone through once. */
    public Iterator<V> values() {
        return ids.iterator().map(id -> requireNonNull(byId.getOrElse(id, null)));
    }

    Registry<K, V> put(K id, V value) {
        HashMap<K, V> all = byId.put(id, value);
        return new Registry<>(all, all.size() == byId.size() ? ids : ids.add(id));
    }

    Registry<K, V> remove(K id) {
        return contains(id) ? new Registry<>(byId.remove(id), ids.remove(id)) : this;
    }
}
