package io.drove.model.wire;

/** The reply to the validation of a sound spec. */
public record SpecAccepted(boolean valid) {}
