package io.drove.model.wire;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Values that were seen lately, to be found again by equal ones. Bounded and forgetful: a value has a pair of places, by its hash, and what comes later takes them. What was found or added
 * finds itself without being hashed, which is dear for a value of many parts. It keeps nothing alive that nobody else does. Thread-safe: at worst two threads keep a value each.
 */
final class PartTable {
    private final AtomicReferenceArray<@Nullable WeakReference<Object>> places;
    /** By identity. */
    private final AtomicReferenceArray<@Nullable WeakReference<Object>> same;

    /** Of that many places: a power of two. */
    PartTable(int size) {
        places = new AtomicReferenceArray<>(size);
        same = new AtomicReferenceArray<>(size);
    }

    /** The one that is the same as this, or null. */
    <T> @Nullable T find(T value, BiPredicate<T, T> isSame) {
        WeakReference<Object> itself = same.get(identity(value));
        if (itself != null && itself.refersTo(value)) {
            return value;
        }
        int place = place(value);
        T first = at(place, value, isSame);
        if (first != null) {
            same.set(identity(first), places.get(place));
            return first;
        }
        T second = at(place + 1, value, isSame);
        if (second != null) {
            add(second, place);
        }
        return second;
    }

    /** To be found from now on; of the two that were there, the one that was not looked for goes. */
    void add(Object value) {
        add(value, place(value));
    }

    private void add(Object value, int place) {
        WeakReference<Object> reference = new WeakReference<>(value);
        same.set(identity(value), reference);
        places.set(place + 1, places.get(place));
        places.set(place, reference);
    }

    private int identity(Object value) {
        return System.identityHashCode(value) & (same.length() - 1);
    }

    // Of one class is of one type, but for lists, and equal ones that are not empty hold the same type.
    @SuppressWarnings("unchecked")
    private <T> @Nullable T at(int place, T value, BiPredicate<T, T> isSame) {
        WeakReference<Object> reference = places.get(place);
        Object known = reference == null ? null : reference.get();
        return known != null && known.getClass() == value.getClass() && isSame.test((T) known, value)
                ? (T) known
                : null;
    }

    /** The first of its two places. */
    private int place(Object value) {
        int hash = value.hashCode() * 0x9E3779B9;
        return (hash ^ (hash >>> 16)) & (places.length() - 2);
    }
}
