package io.drove.dist.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much a small machine pretends to have, so that samples of many instances fit on it.
 *
 * @param cpuMultiplier virtual cores a physical one, 1 to 20
 * @param memoryMultiplier the same for memory
 */
record VirtualSize(int cpuMultiplier, int memoryMultiplier) {
    private static final int CORES_WANTED = 40;
    private static final long MEMORY_WANTED_MB = 20_480;
    private static final int MULTIPLIER_MAX = 20;

    /** For a machine of this size: about 40 cores and 20 GB, or what it has if that is more. */
    static VirtualSize of(int cores, long memoryInMb) {
        return new VirtualSize(multiplier(CORES_WANTED, cores), multiplier(MEMORY_WANTED_MB, memoryInMb));
    }

    /** For the machine that this process runs on. Where Linux's memory figures are missing, memory is taken as it is. */
    static VirtualSize ofThisMachine() throws IOException {
        return of(Runtime.getRuntime().availableProcessors(), memoryInMb());
    }

    private static long memoryInMb() throws IOException {
        Path figures = Path.of("/proc/meminfo");
        if (!Files.isReadable(figures)) {
            return MEMORY_WANTED_MB;
        }
        for (String line : Files.readAllLines(figures)) {
            if (line.startsWith("MemTotal:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return MEMORY_WANTED_MB;
    }

    private static int multiplier(long wanted, long present) {
        return Math.clamp(Math.ceilDiv(wanted, Math.max(1, present)), 1, MULTIPLIER_MAX);
    }
}
