package io.drove.model.container;

import io.drove.model.time.TimeSpan;

/** What is run. */
public sealed interface Executable {
    /** An image for the container engine. {@code pullTimeout} bounds one pull. */
    record Docker(String url, TimeSpan pullTimeout, PullPolicy pullPolicy) implements Executable {}
}
