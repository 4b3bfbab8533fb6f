package io.drove.model.id;

import static io.drove.model.Assertion.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** An executor, over all its restarts: a version-3 UUID of {@code hostname:port} at its first start, then kept on its disk. */
public record ExecutorId(String value) implements Comparable<ExecutorId> {
    public ExecutorId {
        require(!value.isEmpty(), "an executor id must not be empty");
    }

    /** The original's rule (reference, section 5.1). */
    public static ExecutorId of(String hostname, int port) {
        return new ExecutorId(
                UUID.nameUUIDFromBytes((hostname + ":" + port).getBytes(UTF_8)).toString());
    }

    @Override
    public int compareTo(ExecutorId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
