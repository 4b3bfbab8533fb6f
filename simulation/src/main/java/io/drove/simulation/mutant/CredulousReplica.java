package io.drove.simulation.mutant;

import io.drove.controller.loop.Replica;
import io.drove.platform.journal.Journal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Gives each batch the epoch and number that the replica wants to see. */
record CredulousReplica(Journal.StateMachine real) implements Journal.StateMachine {
    private static final int EPOCH_AT = 1;
    private static final int SEQUENCE_AT = EPOCH_AT + Long.BYTES;

    @Override
    public void apply(long index, byte[] batch) {
        byte[] forged = batch;
        if (real instanceof Replica replica) {
            long wanted = replica.view().sequence() + 1;
            long epoch = replica.view().durable().epoch();
            ByteBuffer header = ByteBuffer.wrap(batch);
            if (header.getLong(SEQUENCE_AT) != wanted || header.getLong(EPOCH_AT) < epoch) {
                forged = batch.clone();
                ByteBuffer.wrap(forged).putLong(EPOCH_AT, epoch).putLong(SEQUENCE_AT, wanted);
            }
        }
        real.apply(index, forged);
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
