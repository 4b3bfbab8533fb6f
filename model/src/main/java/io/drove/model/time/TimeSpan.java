package io.drove.model.time;

import static io.drove.model.Assertion.require;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A length of time that remembers its unit, so that it reads back as it was written: {@code 5m} is printed as {@code 5 minutes} and
 * {@code 300 seconds} stays {@code 300 seconds}. Never negative. Syntax: the original's (reference, section 1.1).
 */
public record TimeSpan(long count, Unit unit) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\s*([a-z]+)");

    public TimeSpan {
        require(count >= 0, "a time span must not be negative, was %d", count);
    }

    /** Units from the smallest to the largest, with every suffix that is read. */
    public enum Unit {
        NANOSECOND(1L, "ns", "nanosecond"),
        MICROSECOND(1_000L, "us", "microsecond"),
        MILLISECOND(1_000_000L, "ms", "millisecond"),
        SECOND(1_000_000_000L, "s", "second"),
        MINUTE(60_000_000_000L, "m", "minute", "min", "mins"),
        HOUR(3_600_000_000_000L, "h", "hour"),
        DAY(86_400_000_000_000L, "d", "day");

        private final long nanos;
        private final String longName;
        private final List<String> names;

        Unit(long nanos, String shortName, String longName, String... more) {
            this.nanos = nanos;
            this.longName = longName;
            this.names = Stream.concat(Stream.of(shortName, longName, longName + "s"), Stream.of(more))
                    .toList();
        }
    }

    public static TimeSpan ofSeconds(long seconds) {
        return new TimeSpan(seconds, Unit.SECOND);
    }

    public static TimeSpan ofMillis(long millis) {
        return new TimeSpan(millis, Unit.MILLISECOND);
    }

    public static TimeSpan ofMinutes(long minutes) {
        return new TimeSpan(minutes, Unit.MINUTE);
    }

    /** Reads {@code 5m}, {@code 5 minutes}, {@code 300s} …; empty when the text is no time span. */
    public static Optional<TimeSpan> parse(String text) {
        Matcher matcher = TEXT.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (Unit unit : Unit.values()) {
            if (unit.names.contains(matcher.group(2))) {
                return Optional.of(new TimeSpan(Long.parseLong(matcher.group(1)), unit));
            }
        }
        return Optional.empty();
    }

    /** The length in nanoseconds; a length beyond 292 years is cut to {@link Long#MAX_VALUE}. */
    public long toNanos() {
        return count > Long.MAX_VALUE / unit.nanos ? Long.MAX_VALUE : count * unit.nanos;
    }

    public Duration toDuration() {
        return Duration.ofNanos(toNanos());
    }

    @Override
    public String toString() {
        return count + " " + unit.longName + (count == 1 ? "" : "s");
    }
}
