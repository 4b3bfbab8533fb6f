package io.drove.controller.loop;

import io.drove.controller.journal.Batch;
import io.drove.controller.journal.BatchCodec;
import io.drove.controller.journal.SnapshotCodec;
import io.drove.core.contract.Change;
import io.drove.core.state.Durable;
import io.drove.core.state.Limits;
import io.drove.platform.journal.Journal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable state to which the journal has led on this peer.
 *
 * <p>A batch counts only if it was decided on the very state that it meets: it has the state's epoch, or begins a higher one, and its sequence
 * is the next. Any other is skipped as a whole, by the same rule on every peer, so that a batch of an old leader that commits late, or one
 * decided after another was lost, does no harm.
 */
public final class Replica implements Journal.StateMachine {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

    private final BatchCodec batches = new BatchCodec();
    private final SnapshotCodec snapshots = new SnapshotCodec();
    private final Limits limits;
    private final boolean isVerifying;
    private final AtomicLong rejected = new AtomicLong();
    // What this peer, as the leader, has handed to the journal and knows already where it leads. Guarded by this.
    private final ArrayDeque<Expected> expected = new ArrayDeque<>();
    private volatile View view = new View(Durable.empty(), 0);

    /**
     * The state between two batches.
     *
     * @param sequence the number of the last batch that counted
     */
    public record View(Durable durable, long sequence) {}

    /** A batch that this peer decided: from which state to which. */
    static final class Expected {
        private final byte[] batch;
        private final Durable base;
        private final Durable next;
        /** Whether it came, and counted. */
        private volatile boolean isAccepted;

        Expected(byte[] batch, Durable base, Durable next) {
            this.batch = batch;
            this.base = base;
            this.next = next;
        }

        byte[] batch() {
            return batch;
        }

        boolean isAccepted() {
            return isAccepted;
        }
    }

    /**
     * An empty state.
     *
     * @param limits the same on every peer, since what is remembered depends on them
     * @param isVerifying whether each batch of our own is read and applied again and must lead to the same state; for tests
     */
    public Replica(Limits limits, boolean isVerifying) {
        this.limits = limits;
        this.isVerifying = isVerifying;
    }

    public View view() {
        return view;
    }

    public Limits limits() {
        return limits;
    }

    /** How many batches were skipped since the start. */
    public long rejected() {
        return rejected.get();
    }

    /** This batch is about to be appended, and leads there. */
    synchronized void expect(Expected next) {
        expected.add(next);
    }

    /** What was appended is not expected any more: if it still comes, it is judged like anybody's. */
    synchronized void forget() {
        expected.clear();
    }

    @Override
    public synchronized void apply(long index, byte[] batch) {
        Batch.Header header = batches.header(index, batch);
        Expected own = expected.peek();
        if (own != null && Arrays.equals(own.batch, batch)) {
            expected.remove();
            applyOwn(index, header, own);
        } else {
            applyDecoded(index, header, batch);
        }
    }

    // The very state that it was decided on, not an equal one: then no more needs to be compared.
    @SuppressWarnings("ReferenceEquality")
    private void applyOwn(long index, Batch.Header header, Expected own) {
        if (own.base != view.durable()) {
            applyDecoded(index, header, own.batch);
            return;
        }
        if (isVerifying) {
            Durable replayed =
                    replay(view.durable(), batches.decode(index, own.batch).changes());
            if (!replayed.equals(own.next)) {
                throw new IllegalStateException("batch " + header + " at index " + index
                        + " leads elsewhere when it is replayed: decided " + own.next + ", replayed " + replayed);
            }
        }
        view = new View(own.next, header.sequence());
        own.isAccepted = true;
    }

    private void applyDecoded(long index, Batch.Header header, byte[] batch) {
        List<Change> changes = batches.decode(index, batch).changes();
        String mismatch = mismatch(header, changes);
        if (mismatch != null) {
            rejected.incrementAndGet();
            LOG.warn(
                    "journal batch skipped index={} epoch={} sequence={} why={}",
                    index,
                    header.epoch(),
                    header.sequence(),
                    mismatch);
            return;
        }
        view = new View(replay(view.durable(), changes), header.sequence());
    }

    private Durable replay(Durable durable, List<Change> changes) {
        Durable next = durable;
        for (Change change : changes) {
            next = next.apply(change, limits);
        }
        return next;
    }

    /** Why this batch does not follow on the state, or null when it does. */
    private @Nullable String mismatch(Batch.Header header, List<Change> changes) {
        long epoch = view.durable().epoch();
        long wanted = view.sequence() + 1;
        if (header.sequence() != wanted) {
            return "sequence " + wanted + " is next";
        }
        if (!changes.isEmpty() && changes.getFirst() instanceof Change.EpochBegun begun) {
            boolean isLater = begun.epoch() == header.epoch() && begun.epoch() > epoch;
            return isLater ? null : "it begins epoch " + begun.epoch() + " in " + epoch;
        }
        return header.epoch() == epoch ? null : "the epoch is " + epoch;
    }

    @Override
    public Journal.SnapshotWriter capture() {
        View captured = view;
        return out -> snapshots.write(new SnapshotCodec.Content(captured.sequence(), captured.durable()), out);
    }

    @Override
    public synchronized void restore(long index, InputStream snapshot) throws IOException {
        SnapshotCodec.Content content = snapshots.read(index, snapshot);
        expected.clear();
        view = new View(content.durable(), content.sequence());
    }
}
