package io.drove.bench.core;

import static io.drove.model.Assertion.require;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What the command line of {@code drove bench core} asks for. */
public record CoreOptions(boolean isQuick, Set<Part> only) {
    /** What can be asked for, in the order in which it is measured. */
    public enum Part {
        /** Placements a second and how long one takes (P4), by policy and fill. */
        P1,
        /** How full a cluster gets with mixed sizes. */
        P5,
        /** Changes a second that the journal makes durable. */
        P6,
        /** Changes applied, snapshots written and read. */
        P7,
        /** JMH: small things that happen a million times. */
        MICRO
    }

    public CoreOptions {
        require(!only.isEmpty(), "nothing to measure");
        only = Collections.unmodifiableSet(EnumSet.copyOf(only));
    }
}
