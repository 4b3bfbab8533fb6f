package io.drove.model.wire;

import io.drove.model.executor.ExecutorState;
import io.drove.model.executor.Transport;
import io.drove.model.id.ExecutorId;
import java.util.SortedSet;

/** An executor in a list; memory in MB. */
public record ExecutorSummary(
        ExecutorId executorId,
        String hostname,
        int port,
        Transport transportType,
        int freeCores,
        int usedCores,
        long freeMemory,
        long usedMemory,
        SortedSet<String> tags,
        ExecutorState state) {}
