package io.drove.model.id;

import java.util.Optional;
import java.util.UUID;

/** An accepted operation, from its acceptance on for ever: {@code OP-} and a UUID. */
public record OperationId(long high, long low) implements Comparable<OperationId> {
    private static final String PREFIX = "OP-";

    /** The id of that text, or empty when it is none. */
    public static Optional<OperationId> parse(String text) {
        if (!text.startsWith(PREFIX) || text.length() != PREFIX.length() + 36) {
            return Optional.empty();
        }
        try {
            UUID uuid = UUID.fromString(text.substring(PREFIX.length()));
            return Optional.of(new OperationId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(OperationId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return PREFIX + new UUID(high, low);
    }
}
