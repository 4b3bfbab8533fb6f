package io.drove.model.wire;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What values are written as, of those that were written lately: for the very objects, since {@link SpecParts} gives specs their equal parts in common, and comparing would cost as much as
 * writing. Bounded and forgetful, as {@link PartTable} is: half a megabyte at most. Thread-safe.
 */
final class ValueBytes {
    /** A power of two. */
    private static final int PLACES = 1 << 9;

    private static final int BYTES_MAX = 1 << 10;

    private final AtomicReferenceArray<@Nullable Written> places = new AtomicReferenceArray<>(PLACES);

    private record Written(WeakReference<Object> value, byte[] bytes) {}

    /** The bytes of a value that cannot change; not to be changed. All who ask for those of one object have them written by the same. */
    byte[] of(Object value, Function<Object, byte[]> writer) {
        int place = System.identityHashCode(value) & (PLACES - 2);
        Written first = places.get(place);
        if (first != null && first.value().refersTo(value)) {
            return first.bytes();
        }
        Written second = places.get(place + 1);
        if (second != null && second.value().refersTo(value)) {
            swap(place, second, first);
            return second.bytes();
        }
        byte[] bytes = writer.apply(value);
        if (bytes.length <= BYTES_MAX) {
            swap(place, new Written(new WeakReference<>(value), bytes), first);
        }
        return bytes;
    }

    private void swap(int place, Written front, @Nullable Written back) {
        places.set(place + 1, back);
        places.set(place, front);
    }
}
