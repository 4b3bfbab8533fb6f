package io.drove.bench.core;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of the calling thread: on a machine that others use too, wall time says little of what work costs. */
final class ProcessorClock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ProcessorClock() {}

    static long nanos() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
