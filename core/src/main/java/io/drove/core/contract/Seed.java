package io.drove.core.contract;

/** 128 random bits from the shell, from which a decision makes all its ids. */
public record Seed(long high, long low) {}
