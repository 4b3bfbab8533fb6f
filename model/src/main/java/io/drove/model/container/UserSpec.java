package io.drove.model.container;

import org.jspecify.annotations.Nullable;

/** User and group, by name or number, that the workload runs as. */
public record UserSpec(String user, @Nullable String group) {}
