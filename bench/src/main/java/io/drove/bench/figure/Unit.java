package io.drove.bench.figure;

import java.util.Locale;

/** What a value counts. */
public enum Unit {
    MICROSECONDS("us"),
    MILLISECONDS("ms"),
    SECONDS("s"),
    MEBIBYTES("MiB"),
    PERCENT("%"),
    PER_SECOND("/s"),
    COUNT("");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /** Three digits that say something: {@code 0.95 s}, {@code 12.3 ms}, {@code 431 ms}. */
    String show(double value) {
        double size = Math.abs(value);
        String pattern = size >= 99.95 || value == 0 ? "%.0f %s" : size >= 9.995 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, pattern, value, symbol).strip();
    }

    /** A goal as {@code goals.md} writes it: {@code 3.5 s}, {@code 50 ms}. */
    String showGoal(double value) {
        boolean isWhole = value == Math.rint(value);
        return String.format(Locale.ROOT, isWhole ? "%.0f %s" : "%s %s", value, symbol)
                .strip();
    }
}
