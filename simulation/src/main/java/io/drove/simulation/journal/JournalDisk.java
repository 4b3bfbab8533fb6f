package io.drove.simulation.journal;

import org.jspecify.annotations.Nullable;

/** What outlives a peer's process. The log itself is the group's; here are the snapshot and the peer that uses this disk now. */
public final class JournalDisk {
    record Snapshot(int position, long index, byte[] bytes) {}

    private final String name;
    int island;

    @Nullable
    SimulatedJournal present;

    @Nullable
    Snapshot snapshot;

    JournalDisk(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }
}
