package io.drove.core.state;

/** What the journal knows of a live instance. The finer states are observed. */
public enum Phase {
    /** Placed, and not yet healthy. */
    COMING,
    /** Serves. */
    HEALTHY,
    /** Failed, and being taken down by its executor on its own. */
    FAILING,
    /** Condemned by us. */
    STOPPING
}
