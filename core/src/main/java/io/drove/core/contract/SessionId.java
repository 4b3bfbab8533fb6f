package io.drove.core.contract;

/** One connection of an executor, numbered by the leader; never used twice within an epoch. */
public record SessionId(long number) {}
