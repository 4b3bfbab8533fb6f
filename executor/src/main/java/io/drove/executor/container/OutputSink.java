package io.drove.executor.container;

import java.io.IOException;

/** Takes a container's output. */
@FunctionalInterface
public interface OutputSink {
    /**
     * One piece, as the engine keeps it: usually a line with its end. Timestamps never go back within a source. Across the two they do: the
     * engine reads them side by side, and what it read first it may keep second.
     *
     * @param timestamp the engine's, RFC 3339 with nanoseconds
     */
    void accept(OutputSource source, String timestamp, byte[] text) throws IOException;
}
