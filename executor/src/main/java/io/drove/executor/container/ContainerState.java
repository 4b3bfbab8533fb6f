package io.drove.executor.container;

/**
 * What a container is doing.
 *
 * @param pid of its first process in the machine's numbering, 0 when it does not run
 */
public record ContainerState(String id, boolean isRunning, boolean wasStarted, int exitCode, long pid) {}
