package io.drove.controller.loop;

import static java.util.Objects.requireNonNull;

import io.drove.platform.journal.Journal;
import io.drove.platform.journal.JournalException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A journal in which the test says what becomes of each append. It does not look at terms: that is what the replica is tested for. */
public final class ManualJournal implements Journal {
    private final Deque<Append> pending = new ArrayDeque<>();
    private final Deque<byte[]> limbo = new ArrayDeque<>();
    private final List<byte[]> log = new ArrayList<>();
    private final boolean commitsAtOnce;
    private @Nullable StateMachine machine;
    private @Nullable LeadershipListener listener;

    private record Append(byte[] batch, CompletableFuture<Long> result) {}

    /** With {@code commitsAtOnce} each append is durable before the call returns. */
    public ManualJournal(boolean commitsAtOnce) {
        this.commitsAtOnce = commitsAtOnce;
    }

    @Override
    public void start(StateMachine stateMachine, LeadershipListener leadership) {
        machine = stateMachine;
        listener = leadership;
    }

    @Override
    public CompletionStage<Long> append(long term, byte[] batch) {
        Append append = new Append(batch, new CompletableFuture<>());
        pending.add(append);
        if (commitsAtOnce) {
            commit();
        }
        return append.result();
    }

    public int pending() {
        return pending.size();
    }

    /** What was committed, in order. */
    public List<byte[]> log() {
        return log;
    }

    /** Makes the oldest append durable. */
    public void commit() {
        Append append = pending.remove();
        write(append.batch());
        append.result().complete((long) log.size());
    }

    public void commitAll() {
        while (!pending.isEmpty()) {
            commit();
        }
    }

    /** Makes the oldest append fail; one that is {@code UNKNOWN} may still come by {@link #commitLate}. */
    public void fail(JournalException.Outcome outcome) {
        Append append = pending.remove();
        if (outcome == JournalException.Outcome.UNKNOWN) {
            limbo.add(append.batch());
        }
        append.result().completeExceptionally(new JournalException(outcome, "as the test wants", null));
    }

    /** The oldest append that failed with an unknown outcome commits after all. */
    public void commitLate() {
        write(limbo.remove());
    }

    /** Somebody else's batch is committed. */
    public void write(byte[] batch) {
        log.add(batch);
        requireNonNull(machine).apply(log.size(), batch);
    }

    public void leading(long term) {
        requireNonNull(listener).leading(term);
    }

    public void following() {
        requireNonNull(listener).following();
    }

    @Override
    public CompletionStage<Long> snapshot() {
        return CompletableFuture.completedFuture((long) log.size());
    }

    @Override
    public void close() {}
}
