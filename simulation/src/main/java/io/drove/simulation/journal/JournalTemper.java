package io.drove.simulation.journal;

/** How badly a journal behaves, within what a correct one may do. Mutable: faults come and go. */
public final class JournalTemper {
    /** Part of appends that fail with an unknown outcome and are committed later, in the same term. */
    public double lateCommits;
    /** Part of appends that are refused for no reason of the caller's. */
    public double refusals;
    /** Milliseconds that a sync takes at least, and at most. */
    public long syncMin = 1;

    public long syncMax = 15;
    /** Part of restarts and lags that go through a snapshot although the log would do. */
    public double snapshots = 0.5;
    /** How long a leader that cannot reach the others may go on believing in itself, in milliseconds. */
    public long beliefMax = 3_000;
}
