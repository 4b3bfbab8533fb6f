package io.drove.model.wire;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What values are written as, of those that were written lately: for the very objects, since {@link SpecParts} gives specs their equal parts in common, and comparing would cost as much as
 * writing. Bounded and forgetful, as {@link PartTable} is: 600 KiB at most. Thread-safe.
 */
final class ValueBytes {
    /** A power of two. */
    private static final int PLACES = 1 << 9;

    private static final int BYTES_MAX = 1 << 10;

    private final AtomicReferenceArray<@Nullable Written> places = new AtomicReferenceArray<>(PLACES);

    /** The bytes of a value that cannot change, and their digest. */
    private static final class Written {
        private final WeakReference<Object> value;
        private final byte[] bytes;
        private volatile byte @Nullable [] digest;

        private Written(Object value, byte[] bytes) {
            this.value = new WeakReference<>(value);
            this.bytes = bytes;
        }

        private byte[] digest() {
            byte[] known = digest;
            if (known == null) {
                known = Sha256.of(bytes);
                digest = known;
            }
            return known;
        }
    }

    /** The bytes of a value that cannot change; not to be changed. All who ask for those of one object have them written by the same. */
    byte[] of(Object value, Function<Object, byte[]> writer) {
        return written(value, writer).bytes;
    }

    /** The SHA-256 of the same bytes; not to be changed. */
    byte[] digestOf(Object value, Function<Object, byte[]> writer) {
        return written(value, writer).digest();
    }

    private Written written(Object value, Function<Object, byte[]> writer) {
        int place = System.identityHashCode(value) & (PLACES - 2);
        Written first = places.get(place);
        if (first != null && first.value.refersTo(value)) {
            return first;
        }
        Written second = places.get(place + 1);
        if (second != null && second.value.refersTo(value)) {
            swap(place, second, first);
            return second;
        }
        Written anew = new Written(value, writer.apply(value));
        if (anew.bytes.length <= BYTES_MAX) {
            swap(place, anew, first);
        }
        return anew;
    }

    private void swap(int place, Written front, @Nullable Written back) {
        places.set(place + 1, back);
        places.set(place, front);
    }
}
