package io.drove.simulation.mutant;

import io.drove.platform.journal.Journal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Applies and acknowledges what is appended at once, and syncs it later. */
final class HastyJournal implements Journal {
    private final Journal real;
    private final Deque<byte[]> early = new ArrayDeque<>();
    private @Nullable StateMachine machine;
    private long index;

    HastyJournal(Journal real) {
        this.real = real;
    }

    @Override
    public void start(StateMachine ownMachine, LeadershipListener leadership) {
        machine = ownMachine;
        real.start(new Late(ownMachine), leadership);
    }

    @Override
    public CompletionStage<Long> append(long term, byte[] batch) {
        CompletableFuture<Long> synced = real.append(term, batch).toCompletableFuture();
        if (synced.isCompletedExceptionally() || machine == null) {
            return synced;
        }
        early.addLast(batch);
        machine.apply(++index, batch);
        return CompletableFuture.completedStage(index);
    }

    @Override
    public CompletionStage<Long> snapshot() {
        return real.snapshot();
    }

    @Override
    public void close() {
        real.close();
    }

    /** Passes over what was applied before its time. */
    private final class Late implements StateMachine {
        private final StateMachine inner;

        Late(StateMachine inner) {
            this.inner = inner;
        }

        // The very array that was appended.
        @SuppressWarnings("ReferenceEquality")
        @Override
        public void apply(long at, byte[] batch) {
            index = Math.max(index, at);
            if (!early.isEmpty() && early.getFirst() == batch) {
                early.removeFirst();
            } else {
                inner.apply(at, batch);
            }
        }

        @Override
        public SnapshotWriter capture() {
            return inner.capture();
        }

        @Override
        public void restore(long at, InputStream snapshot) throws IOException {
            inner.restore(at, snapshot);
        }
    }
}
