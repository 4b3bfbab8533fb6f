package io.drove.model.resource;

import static io.drove.model.Assertion.require;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Immutable set of logical core ids, in ascending order. */
public final class CoreSet {
    public static final CoreSet EMPTY = new CoreSet(new int[0]);

    private final int[] ids;

    private CoreSet(int[] ids) {
        this.ids = ids;
    }

    /** The set of these ids; order and repetition do not matter. */
    public static CoreSet of(int... ids) {
        int[] sorted = IntStream.of(ids).sorted().distinct().toArray();
        require(sorted.length == 0 || sorted[0] >= 0, "core ids must not be negative");
        return sorted.length == 0 ? EMPTY : new CoreSet(sorted);
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
