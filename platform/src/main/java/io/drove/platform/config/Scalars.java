package io.drove.platform.config;

import io.drove.platform.security.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How one piece of text becomes a value of a type, and what to say when it does not. */
final class Scalars {
    private static final Map<Class<?>, Scalar> KNOWN = Map.ofEntries(
            Map.entry(String.class, new Scalar("text", text -> text)),
            Map.entry(int.class, new Scalar("a whole number", Integer::valueOf)),
            Map.entry(Integer.class, new Scalar("a whole number", Integer::valueOf)),
            Map.entry(long.class, new Scalar("a whole number", Long::valueOf)),
            Map.entry(Long.class, new Scalar("a whole number", Long::valueOf)),
            Map.entry(double.class, new Scalar("a number", Scalars::number)),
            Map.entry(Double.class, new Scalar("a number", Scalars::number)),
            Map.entry(boolean.class, new Scalar("true or false", Scalars::truth)),
            Map.entry(Boolean.class, new Scalar("true or false", Scalars::truth)),
            Map.entry(Duration.class, new Scalar("a duration such as 5m, 300 seconds or 100 ms", Scalars::duration)),
            Map.entry(Bytes.class, new Scalar("a size such as 10MB, 5m or 100MiB", Bytes::parse)),
            Map.entry(Path.class, new Scalar("a path", Path::of)),
            Map.entry(URI.class, new Scalar("a URI", URI::create)),
            Map.entry(Secret.class, new Scalar("text", Secret::new)));

    private static final Pattern DURATION = Pattern.compile("(\\d{1,15})\\s*([a-zA-Z]+)");
    private static final Map<String, ChronoUnit> UNITS = units();

    private Scalars() {}

    /**
     * A type that one text can describe.
     *
     * @param wanted completes the sentence "wanted …"
     * @param parse throws an {@link IllegalArgumentException} for what it cannot read
     */
    record Scalar(String wanted, Function<String, Object> parse) {}

    /** How to read the type, if it is one that a single text can describe. */
    static Optional<Scalar> of(Class<?> type) {
        if (type.isEnum()) {
            return Optional.of(ofEnum(type));
        }
        return Optional.ofNullable(KNOWN.get(type));
    }

    private static Scalar ofEnum(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        String names = Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", "));
        return new Scalar("one of " + names, text -> {
            String name = text.replace('-', '_');
            return Arrays.stream(constants)
                    .filter(constant -> ((Enum<?>) constant).name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(text));
        });
    }

    private static Object number(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    private static Object truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Object duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        ChronoUnit unit = matcher.matches() ? UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(text);
        }
        try {
            Duration duration = Duration.of(Long.parseLong(matcher.group(1)), unit);
            // Whoever takes it in nanoseconds must be able to: some 292 years.
            if (duration.toNanos() < 0) {
                throw new IllegalArgumentException(text);
            }
            return duration;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Map<String, ChronoUnit> units() {
        Map<String, ChronoUnit> units = new LinkedHashMap<>();
        names(units, ChronoUnit.NANOS, "ns", "nanosecond", "nanoseconds");
        names(units, ChronoUnit.MICROS, "us", "microsecond", "microseconds");
        names(units, ChronoUnit.MILLIS, "ms", "millisecond", "milliseconds");
        names(units, ChronoUnit.SECONDS, "s", "sec", "secs", "second", "seconds");
        names(units, ChronoUnit.MINUTES, "m", "min", "mins", "minute", "minutes");
        names(units, ChronoUnit.HOURS, "h", "hour", "hours");
        names(units, ChronoUnit.DAYS, "d", "day", "days");
        return Map.copyOf(units);
    }

    private static void names(Map<String, ChronoUnit> units, ChronoUnit unit, String... names) {
        for (String name : names) {
            units.put(name, unit);
        }
    }
}
