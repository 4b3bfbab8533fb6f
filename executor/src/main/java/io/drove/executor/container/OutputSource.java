package io.drove.executor.container;

/** Which of a container's two streams a piece of output came from. */
public enum OutputSource {
    STDOUT,
    STDERR
}
