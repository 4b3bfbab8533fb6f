package io.drove.executor.container;

import io.drove.model.container.Blob;

/** A file for a container; {@code path} is its place there, from the root. */
public record InjectedFile(String path, Blob content) {}
