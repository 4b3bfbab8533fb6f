package io.drove.bench.scale;

import io.drove.bench.watch.MeasurementFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How often and how long a JVM stood still to collect, by its log ({@code -Xlog:gc}). */
record Pauses(int count, double totalSeconds, double longestSeconds) {
    private static final Pattern PAUSE = Pattern.compile("GC\\(\\d+\\) Pause .* (\\d+\\.\\d+)ms$");

    /** The option that makes the JVM write that log. */
    static String option(Path log) {
        return "-Xlog:gc:file=" + log + ":uptime:filecount=0";
    }

    /** How many lines there are so far. */
    static long lines(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.count();
        } catch (IOException e) {
            throw new MeasurementFailed("cannot read " + log, e);
        }
    }

    /** Of what came after so many lines. */
    static Pauses in(Path log, long after) {
        try (Stream<String> lines = Files.lines(log)) {
            return of(lines.skip(after));
        } catch (IOException e) {
            throw new MeasurementFailed("cannot read " + log, e);
        }
    }

    static Pauses of(Stream<String> lines) {
        int count = 0;
        double total = 0;
        double longest = 0;
        for (String line : lines.toList()) {
            Matcher matcher = PAUSE.matcher(line);
            if (matcher.find()) {
                double seconds = Double.parseDouble(matcher.group(1)) / 1e3;
                count++;
                total += seconds;
                longest = Math.max(longest, seconds);
            }
        }
        return new Pauses(count, total, longest);
    }
}
