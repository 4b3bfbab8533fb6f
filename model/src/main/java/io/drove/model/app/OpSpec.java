package io.drove.model.app;

import static io.drove.model.Assertion.require;

import io.drove.model.time.TimeSpan;

/** How an operation is carried out: how long each instance may take, how many at once (1 to 512), and what to do on failure. */
public record OpSpec(TimeSpan timeout, int parallelism, FailureStrategy failureStrategy) {
    /** The original's default: five minutes, one at a time, stop. */
    public static final OpSpec DEFAULT = new OpSpec(TimeSpan.ofSeconds(300), 1, FailureStrategy.STOP);

    public OpSpec {
        require(parallelism >= 1, "parallelism must be at least 1, was %d", parallelism);
    }
}
