package io.drove.model.resource;

/** What one instance asks for; several entries of one kind add up. */
public sealed interface ResourceRequirement {
    /** Whole logical cores. */
    record Cpu(long count) implements ResourceRequirement {}

    /** Memory in MB (2^20 bytes). */
    record Memory(long sizeInMB) implements ResourceRequirement {}
}
