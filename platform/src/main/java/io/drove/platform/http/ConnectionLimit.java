package io.drove.platform.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many connections a listener may take at once on this machine. */
final class ConnectionLimit {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);
    /** Open files that are left for everything but connections. */
    private static final long FILES_RESERVED = 1_000;

    /** A connection with a request's head under way: up to 20 KiB of head, its thread, and what Helidon keeps. */
    private static final long CONNECTION_BYTES = 48 << 10;

    private static final int HEAP_PART = 4;

    private ConnectionLimit() {}

    /** As many as are wanted, or as many as this process can afford, which is logged. */
    static int of(String listener, int wanted) {
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        long heap = Runtime.getRuntime().maxMemory();
        int most = affordable(wanted, files, heap);
        if (most < wanted) {
            LOG.warn(
                    "fewer connections are taken, executors count too listener={} wanted={} most={} openFilesMax={} heapBytesMax={}",
                    listener,
                    wanted,
                    most,
                    files,
                    heap);
        }
        return most;
    }

    /**
     * Half of the files that this process may open, less a reserve, since a process has two listeners: one that cannot accept because there is no descriptor left
     * ends for good. And no more than fit into a quarter of the heap.
     */
    static int affordable(int wanted, long openFiles, long heapBytes) {
        long byFiles = (openFiles - Math.min(FILES_RESERVED, openFiles / 4)) / 2;
        long byHeap = heapBytes / HEAP_PART / CONNECTION_BYTES;
        return (int) Math.min(wanted, Math.min(byFiles, byHeap));
    }
}
