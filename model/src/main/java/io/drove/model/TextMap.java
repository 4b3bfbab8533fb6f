package io.drove.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Texts by texts, immutable, in the order in which they were written; equal to any map with the same entries. Small, since a cluster has two for each app:
 * an entry is looked for one by one.
 */
public final class TextMap extends AbstractMap<String, String> {
    private static final TextMap EMPTY = new TextMap(List.of());

    private final List<Map.Entry<String, String>> entries;

    private TextMap(List<Map.Entry<String, String>> entries) {
        this.entries = List.copyOf(entries);
    }

    /** The same entries in the same order; the very map when it is such a one already. Null is neither a key nor a value. */
    public static TextMap copyOf(Map<String, String> map) {
        if (map instanceof TextMap same) {
            return same;
        }
        if (map.isEmpty()) {
            return EMPTY;
        }
        List<Map.Entry<String, String>> entries = new ArrayList<>(map.size());
        map.forEach((key, value) -> entries.add(Map.entry(key, value)));
        return new TextMap(entries);
    }

    /** Whether the other has the same entries in the same order, which equal maps need not have. */
    public boolean isWrittenAs(TextMap other) {
        return entries.equals(other.entries);
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, String>> iterator() {
                return entries.iterator();
            }

            @Override
            public int size() {
                return entries.size();
            }
        };
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public boolean equals(Object other) {
        return (other instanceof TextMap map && isWrittenAs(map)) || super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
