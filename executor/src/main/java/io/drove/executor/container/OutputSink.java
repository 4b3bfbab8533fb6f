package io.drove.executor.container;

import java.io.IOException;

/** Takes a container's output. */
@FunctionalInterface
public interface OutputSink {
    /**
     * One piece, as the engine keeps it: usually a line with its end.
     *
     * @param timestamp the engine's, RFC 3339 with nanoseconds
     */
    void accept(String timestamp, byte[] text) throws IOException;
}
