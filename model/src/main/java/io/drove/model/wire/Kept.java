package io.drove.model.wire;

import io.drove.model.Recent;
import org.jspecify.annotations.Nullable;

/** What was made of specs lately, for all threads; the least recently used go first. */
final class Kept<K, V> {
    private static final int ENTRIES_MAX = 1_024;
    /** What is larger is not for keeping. */
    static final int BYTES_MAX = 64 << 10;

    private final Recent<K, V> entries = new Recent<>(ENTRIES_MAX);

    synchronized @Nullable V get(K key) {
        return entries.get(key);
    }

    synchronized void put(K key, V value) {
        entries.put(key, value);
    }
}
