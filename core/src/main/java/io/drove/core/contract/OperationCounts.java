package io.drove.core.contract;

/**
 * How far an operation came, in instances.
 *
 * @param wanted to be started, stopped or replaced
 * @param done how many of them were
 * @param failed starts that failed on the way
 */
public record OperationCounts(int wanted, int done, int failed) {}
