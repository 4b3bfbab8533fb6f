package io.drove.bench.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process takes of the machine, from {@code /proc} and, for a JVM's heap, from {@code jcmd} of the JDK that runs us. */
public final class ProcessFigures {
    private static final double KIB_A_MIB = 1024;
    // Linux counts processor time in ticks of 10 ms on every architecture that we run on (USER_HZ).
    private static final long TICK_MILLIS = 10;
    private static final Pattern GENERATION =
            Pattern.compile("total (?:reserved \\d+K, committed )?\\d+K, used (\\d+)K");
    private static final Pattern OBJECTS = Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +(\\S+)");
    private static final int USER_TIME_FIELD = 11;

    private ProcessFigures() {}

    /** Resident memory in MiB. */
    public static double residentMebibytes(long pid) {
        for (String line : lines(pid, "status")) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / KIB_A_MIB;
            }
        }
        throw new MeasurementFailed("process " + pid + " tells no resident memory");
    }

    /** Processor time of all its threads since it started. */
    public static Duration processorTime(long pid) {
        String stat = String.join("", lines(pid, "stat"));
        // The second field, the name in parentheses, may hold blanks.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[USER_TIME_FIELD]) + Long.parseLong(fields[USER_TIME_FIELD + 1]);
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }

    private static List<String> lines(long pid, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new MeasurementFailed("process " + pid + " cannot be read; has it ended?", e);
        }
    }

    /** Heap in use, live or not yet collected, in MiB. */
    public static double heapMebibytes(long pid) throws InterruptedException {
        return heapMebibytes(diagnose(pid, "GC.heap_info"));
    }

    /** The sum of the sizes of all live objects, in MiB: they are counted after a full collection, during which the process stands still. */
    public static double liveHeapMebibytes(long pid) throws InterruptedException {
        return liveMebibytes(diagnose(pid, "GC.class_histogram"));
    }

    /** What {@code jcmd} answers to a command, such as {@code GC.heap_info}. */
    public static String diagnose(long pid, String... command) throws InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        words.add(Long.toString(pid));
        words.addAll(List.of(command));
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        } catch (IOException e) {
            throw new MeasurementFailed("cannot ask process " + pid + " for " + command[0], e);
        }
    }

    /** The sum over what {@code GC.class_histogram} lists, but for what a collector fills gaps with that it leaves. */
    static double liveMebibytes(String histogram) {
        Matcher matcher = OBJECTS.matcher(histogram);
        long bytes = 0;
        while (matcher.find()) {
            bytes += matcher.group(2).contains("jdk.internal.vm.Filler") ? 0 : Long.parseLong(matcher.group(1));
        }
        if (bytes == 0) {
            throw new MeasurementFailed(
                    "no objects in: " + histogram.lines().findFirst().orElse(""));
        }
        return bytes / KIB_A_MIB / KIB_A_MIB;
    }

    /** The sum over the generations that {@code GC.heap_info} lists. */
    static double heapMebibytes(String heapInfo) {
        Matcher matcher = GENERATION.matcher(heapInfo);
        long kib = 0;
        boolean isFound = false;
        while (matcher.find()) {
            kib += Long.parseLong(matcher.group(1));
            isFound = true;
        }
        if (!isFound) {
            throw new MeasurementFailed("no heap in: " + heapInfo.strip());
        }
        return kib / KIB_A_MIB;
    }
}
