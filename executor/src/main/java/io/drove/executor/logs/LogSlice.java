package io.drove.executor.logs;

/** A piece of a log, and the offset that was asked for. */
public record LogSlice(String data, long offset) {}
