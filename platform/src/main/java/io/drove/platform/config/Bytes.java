package io.drove.platform.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size in bytes, never negative. As text it needs a unit: {@code 10MB} and {@code 10m} are ten million bytes, {@code 10MiB} is
 * 10,485,760 (the rule of Dropwizard's {@code DataSize}).
 */
public record Bytes(long count) implements Comparable<Bytes> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("b", 1L),
            Map.entry("byte", 1L),
            Map.entry("bytes", 1L),
            Map.entry("k", 1_000L),
            Map.entry("kb", 1_000L),
            Map.entry("kib", 1L << 10),
            Map.entry("m", 1_000_000L),
            Map.entry("mb", 1_000_000L),
            Map.entry("mib", 1L << 20),
            Map.entry("g", 1_000_000_000L),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("gib", 1L << 30),
            Map.entry("t", 1_000_000_000_000L),
            Map.entry("tb", 1_000_000_000_000L),
            Map.entry("tib", 1L << 40));

    public Bytes {
        if (count < 0) {
            throw new IllegalArgumentException("a size must be at least 0 bytes, was " + count);
        }
    }

    public static Bytes mebibytes(long count) {
        return new Bytes(Math.multiplyExact(count, 1L << 20));
    }

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException if the text is not a number with a known unit, or too large for a long
     */
    public static Bytes parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a size: " + text);
        }
        long number = Long.parseLong(matcher.group(1));
        Long unit = UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT));
        if (number == 0 && matcher.group(2).isEmpty()) {
            return new Bytes(0);
        }
        if (unit == null || number > Long.MAX_VALUE / unit) {
            throw new IllegalArgumentException("not a size: " + text);
        }
        return new Bytes(number * unit);
    }

    @Override
    public int compareTo(Bytes other) {
        return Long.compare(count, other.count);
    }

    /** Text that {@link #parse} reads back, in the largest unit that is exact. */
    @Override
    public String toString() {
        for (String unit : new String[] {"TiB", "TB", "GiB", "GB", "MiB", "MB", "KiB", "kB"}) {
            long size = UNITS.getOrDefault(unit.toLowerCase(Locale.ROOT), 1L);
            if (count != 0 && count % size == 0) {
                return count / size + unit;
            }
        }
        return count + "B";
    }
}
