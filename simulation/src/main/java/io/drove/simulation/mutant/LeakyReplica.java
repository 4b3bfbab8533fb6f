package io.drove.simulation.mutant;

import io.drove.controller.loop.Replica;
import io.drove.platform.journal.Journal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Loses the fortieth batch, and counts it as applied. */
final class LeakyReplica implements Journal.StateMachine {
    private static final int SEQUENCE_AT = 1 + Long.BYTES;
    private static final int LOST = 40;

    private final Journal.StateMachine real;
    private long lost;

    LeakyReplica(Journal.StateMachine real) {
        this.real = real;
    }

    @Override
    public void apply(long index, byte[] batch) {
        long sequence = ByteBuffer.wrap(batch).getLong(SEQUENCE_AT);
        if (lost == 0 && sequence == LOST && real instanceof Replica) {
            lost = sequence;
            return;
        }
        byte[] shifted = batch;
        if (lost > 0) {
            shifted = batch.clone();
            ByteBuffer.wrap(shifted).putLong(SEQUENCE_AT, sequence - 1);
        }
        real.apply(index, shifted);
    }

    @Override
    public Journal.SnapshotWriter capture() {
        return real.capture();
    }

    @Override
    public void restore(long index, InputStream snapshot) throws IOException {
        real.restore(index, snapshot);
    }
}
