package io.drove.executor.logs;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where logs are kept, and how much of them.
 *
 * @param fileBytesMax size at which {@code output.log} is turned
 * @param filesMax files of one instance, the current one included
 * @param age how long the files of an ended instance stay
 * @param totalBytesMax of all ended instances together; beyond it the oldest go first
 */
public record LogSettings(Path directory, long fileBytesMax, int filesMax, Duration age, long totalBytesMax) {}
