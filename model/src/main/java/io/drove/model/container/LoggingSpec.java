package io.drove.model.container;

import org.jspecify.annotations.Nullable;

/** Where the workload's output goes. */
public sealed interface LoggingSpec {
    /** The default of the original: 3 compressed files of 10 MB. */
    LoggingSpec DEFAULT = new Local("10m", 3, true);

    /** Files on the executor's host; {@code maxSize} in the engine's own notation such as {@code 10m}, {@code maxFiles} 1 to 100. */
    record Local(String maxSize, int maxFiles, boolean compress) implements LoggingSpec {}

    /** A syslog server. */
    record Rsyslog(
            String server,
            @Nullable String tagPrefix,
            @Nullable String tagSuffix) implements LoggingSpec {}
}
