package io.drove.model.wire;

/**
 * A frame with its place in the conversation; each side counts its own from 1 on.
 *
 * @param <F> {@link io.drove.model.session.ToController} or {@link io.drove.model.session.ToExecutor}
 */
public record Numbered<F>(long sequence, F frame) {}
