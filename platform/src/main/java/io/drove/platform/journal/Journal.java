package io.drove.platform.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;

/** A log of batches in one order for all peers, with a leader that alone may append. Methods are safe for use by many threads. */
public interface Journal extends AutoCloseable {
    /**
     * Restores {@code machine} from the newest snapshot, replays the rest, joins the group, and from then on reports leadership.
     * Once.
     *
     * @throws JournalUnusable if what is on disk cannot be read, or the group cannot be joined
     */
    void start(StateMachine machine, LeadershipListener leadership);

    /**
     * Appends one batch as leader of {@code term}; completes with its index when it is durable on a majority and was applied
     * here. Batches of one thread keep their order. Fails with a {@link JournalException}, which says whether the batch may
     * still come.
     */
    CompletionStage<Long> append(long term, byte[] batch);

    /** Asks for a snapshot soon; completes with the index that it covers, when it is on disk. */
    CompletionStage<Long> snapshot();

    /** Leaves the group. Appends under way fail; what was acknowledged is on disk. More calls change nothing. */
    @Override
    void close();

    /** What the batches are applied to. Calls never overlap, except that of a snapshot's writer. */
    interface StateMachine {
        /** Applies a batch. Indexes grow, with gaps: the log has entries of its own. Must not throw: the peer would have to stop. */
        void apply(long index, byte[] batch);

        /** The state between two batches, cheaply: the writer runs later, on another thread, while batches go on. */
        SnapshotWriter capture();

        /** Replaces the whole state by a snapshot that covers everything up to {@code index}. */
        void restore(long index, InputStream snapshot) throws IOException;
    }

    /** An immutable state, ready to be written. */
    @FunctionalInterface
    interface SnapshotWriter {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Is told who leads; calls never overlap. Must return soon. */
    interface LeadershipListener {
        /** This peer leads {@code term}, and every batch that was committed before has been applied. Terms grow. */
        void leading(long term);

        /** This peer leads no more. */
        void following();
    }
}
