package io.drove.executor.inventory;

import io.drove.model.resource.CoreSet;

/** A NUMA node as the kernel sees it: its online cores and its memory in MB (2^20 bytes). */
record PhysicalNode(int id, CoreSet cores, long memoryInMb) {}
