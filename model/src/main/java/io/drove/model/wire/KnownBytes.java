package io.drove.model.wire;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What was made of values that were read lately, to be found again by their property and their bytes. Bounded and forgetful, as {@link PartTable} is; what it has it keeps alive. Thread-safe:
 * at worst two threads make a value each.
 */
final class KnownBytes<V> {
    /** Of larger values there are few, and few that are equal. */
    static final int BYTES_MAX = 512;

    private final AtomicReferenceArray<@Nullable Entry<V>> places;

    /** Of that many places: a power of two. */
    KnownBytes(int size) {
        places = new AtomicReferenceArray<>(size);
    }

    /** The bytes are not to be changed. */
    record Key(String property, byte[] bytes) {
        private boolean is(Key other) {
            return property.equals(other.property) && Arrays.equals(bytes, other.bytes);
        }

        private int hash() {
            int hash = (31 * property.hashCode() + Arrays.hashCode(bytes)) * 0x9E3779B9;
            return hash ^ (hash >>> 16);
        }
    }

    private record Entry<V>(Key key, V value) {}

    /** What was made of those bytes of that property, or null. */
    @Nullable
    V find(Key key) {
        int place = place(key);
        Entry<V> first = places.get(place);
        if (first != null && first.key().is(key)) {
            return first.value();
        }
        Entry<V> second = places.get(place + 1);
        if (second == null || !second.key().is(key)) {
            return null;
        }
        places.set(place + 1, first);
        places.set(place, second);
        return second.value();
    }

    /** To be found from now on, instead of what those bytes gave before; else, of the two that were there, the one that was not looked for goes. */
    void add(Key key, V value) {
        int place = place(key);
        Entry<V> first = places.get(place);
        if (first != null && !first.key().is(key)) {
            places.set(place + 1, first);
        }
        places.set(place, new Entry<>(key, value));
    }

    /** The first of its two places. */
    private int place(Key key) {
        return key.hash() & (places.length() - 2);
    }
}
