package io.drove.model.resource;

import static io.drove.model.Assertion.require;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Immutable set of logical core ids, in ascending order. */
public final class CoreSet {
    public static final CoreSet EMPTY = new CoreSet(new int[0]);

    /** Most instances have one core: a set is made once for each. */
    private static final CoreSet[] SINGLES = singles();

    private final int[] ids;

    private CoreSet(int[] ids) {
        this.ids = ids;
    }

    /** The set of these ids; order and repetition do not matter. */
    public static CoreSet of(int... ids) {
        int[] sorted = isAscending(ids)
                ? ids.clone()
                : IntStream.of(ids).sorted().distinct().toArray();
        require(sorted.length == 0 || sorted[0] >= 0, "core ids must not be negative");
        if (sorted.length == 1 && sorted[0] < SINGLES.length) {
            return SINGLES[sorted[0]];
        }
        return sorted.length == 0 ? EMPTY : new CoreSet(sorted);
    }

    private static boolean isAscending(int[] ids) {
        for (int i = 1; i < ids.length; i++) {
            if (ids[i - 1] >= ids[i]) {
                return false;
            }
        }
        return true;
    }

    private static CoreSet[] singles() {
        CoreSet[] singles = new CoreSet[1_024];
        for (int id = 0; id < singles.length; id++) {
            singles[id] = new CoreSet(new int[] {id});
        }
        return singles;
    }

    public static CoreSet of(Collection<Integer> ids) {
        return of(ids.stream().mapToInt(Integer::intValue).toArray());
    }

    public int size() {
        return ids.length;
    }

    /** The id at {@code position}, 0 for the smallest. */
    public int at(int position) {
        return ids[position];
    }

    public boolean contains(int id) {
        return Arrays.binarySearch(ids, id) >= 0;
    }

    public IntStream stream() {
        return IntStream.of(ids);
    }

    public List<Integer> toList() {
        return stream().boxed().toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CoreSet set && Arrays.equals(ids, set.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    /** The engine's notation, such as {@code 0,1,7}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(text.isEmpty() ? "" : ",").append(id);
        }
        return text.toString();
    }
}
