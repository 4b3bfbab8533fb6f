package io.drove.model.executor;

import io.drove.model.resource.CoreSet;

/**
 * One NUMA node of an executor.
 *
 * @param cores logical cores to give out; virtual ones when the executor over-provisions
 * @param memoryInMb memory to give out, in MB
 * @param physicalCores cores that the machine really has for workloads
 * @param physicalMemoryInMb memory that the machine really has for workloads, in MB
 */
public record NumaNode(int id, CoreSet cores, long memoryInMb, CoreSet physicalCores, long physicalMemoryInMb) {}
