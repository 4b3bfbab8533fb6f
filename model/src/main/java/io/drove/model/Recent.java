package io.drove.model;

import static io.drove.model.Assertion.require;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The most recently used entries; the least recently used go first. For one thread at a time. */
public final class Recent<K, V> {
    private final Map<K, V> entries;

    /** Keeps so many. */
    public Recent(int max) {
        require(max > 0, "at least one entry must be kept, was %d", max);
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > max;
            }
        };
    }

    public @Nullable V get(K key) {
        return entries.get(key);
    }

    public void put(K key, V value) {
        entries.put(key, value);
    }

    /** The entry, made if it is not there. */
    public V get(K key, Function<K, V> make) {
        V known = entries.get(key);
        if (known != null) {
            return known;
        }
        V made = make.apply(key);
        entries.put(key, made);
        return made;
    }
}
