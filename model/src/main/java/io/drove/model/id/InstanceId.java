package io.drove.model.id;

import java.util.Optional;
import java.util.UUID;

/** One run of a workload: {@code AI-}, {@code TI-} or {@code SI-} and a UUID. Never used twice. Two longs, since a cluster has a million. */
public record InstanceId(Kind kind, long high, long low) implements Comparable<InstanceId> {
    /** What runs. */
    public enum Kind {
        APP("AI-"),
        TASK("TI-"),
        LOCAL_SERVICE("SI-");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** The id of that text, or empty when it is none. */
    public static Optional<InstanceId> parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix) && text.length() == kind.prefix.length() + 36) {
                try {
                    UUID uuid = UUID.fromString(text.substring(kind.prefix.length()));
                    return Optional.of(
                            new InstanceId(kind, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()));
                } catch (IllegalArgumentException notAnId) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public int compareTo(InstanceId other) {
        int byKind = kind.compareTo(other.kind);
        int byHigh = byKind != 0 ? byKind : Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return kind.prefix + new UUID(high, low);
    }
}
