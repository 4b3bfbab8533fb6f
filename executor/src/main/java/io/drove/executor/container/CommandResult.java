package io.drove.executor.container;

/** What a command inside a container did; output of both streams, cut to a limit. */
public record CommandResult(int exitCode, String output, boolean hasTimedOut) {}
