package io.drove.bench;

import io.drove.bench.watch.MeasurementFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The limit of open files, sockets among them, of this process and of those that it starts. */
final class OpenFiles {
    private static final Path LIMITS = Path.of("/proc/self/limits");

    private OpenFiles() {}

    /**
     * Sees to it that so many are allowed: where the limit is lower, {@code prlimit} raises it, which root may.
     *
     * @throws MeasurementFailed when it cannot be raised; says what to do
     */
    static void ensure(long wanted) throws InterruptedException {
        if (hardLimit() >= wanted) {
            // A JVM raises its own soft limit to the hard one.
            return;
        }
        String limit = "--nofile=" + wanted + ":" + wanted;
        try {
            Process process = new ProcessBuilder(
                            "prlimit",
                            "--pid",
                            Long.toString(ProcessHandle.current().pid()),
                            limit)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw tooFew(wanted, output.strip());
            }
        } catch (IOException e) {
            throw tooFew(wanted, "prlimit cannot be run: " + e.getMessage());
        }
    }

    private static MeasurementFailed tooFew(long wanted, String why) {
        return new MeasurementFailed(wanted + " open files are needed, " + hardLimit()
                + " are allowed: run it as root, or raise the limit (ulimit -Hn " + wanted
                + "; nofile in /etc/security/limits.conf). " + why);
    }

    private static long hardLimit() {
        try {
            return Files.readAllLines(LIMITS).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split("\\s+")[4])
                    .mapToLong(limit -> limit.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limit))
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        } catch (IOException e) {
            // Without /proc the limit cannot be told; who hits it is told then.
            return Long.MAX_VALUE;
        }
    }
}
