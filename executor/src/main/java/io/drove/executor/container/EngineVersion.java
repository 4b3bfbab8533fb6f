package io.drove.executor.container;

/** Which engine answers. */
public record EngineVersion(String version, String apiVersion) {}
