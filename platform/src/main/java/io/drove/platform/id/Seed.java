package io.drove.platform.id;

/** 128 random bits, enough that two made anywhere, ever, are not equal. */
public record Seed(long high, long low) {}
