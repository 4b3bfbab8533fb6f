package io.drove.platform.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Ratis calls: passes batches on in order, skips those of an old term, tells of leadership, takes snapshots. */
final class ReplicatedMachine extends BaseStateMachine {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicatedMachine.class);
    private static final Message APPLIED = Message.valueOf(ByteString.copyFromUtf8("applied"));
    static final Message STALE = Message.valueOf(ByteString.copyFromUtf8("stale"));
    private static final long SNAPSHOT_END_SECONDS = 10;

    private final Journal.StateMachine machine;
    private final Leadership leadership;
    private final RaftSettings settings;
    private final SnapshotStore snapshots = new SnapshotStore();
    // By call id: what was handed to Ratis and has no answer yet.
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("journal-snapshot").daemon().factory());
    private final AtomicReference<@Nullable CompletableFuture<Long>> requested = new AtomicReference<>();
    // Held while a batch is applied or the state captured.
    private final Object between = new Object();
    private volatile @Nullable JournalUnusable failure;
    private volatile long cut = -1;
    private long reportedCut = -1;
    private long configuredTerm;
    private long bytesSince;
    private long batchesSince;
    private boolean isWriting;

    ReplicatedMachine(Journal.StateMachine machine, Leadership leadership, RaftSettings settings) {
        this.machine = machine;
        this.leadership = leadership;
        this.settings = settings;
    }

    /** An append that waits for its answer. */
    static final class Pending {
        final CompletableFuture<Long> result = new CompletableFuture<>();
        /** Set before the batch enters the local log: from then on nobody can say that it will not commit. */
        volatile boolean isInLog;
    }

    void expect(long call, Pending append) {
        pending.put(call, append);
    }

    void forget(long call) {
        pending.remove(call);
    }

    /** Those without an answer. */
    Collection<Pending> pending() {
        return pending.values();
    }

    /** Why this machine cannot go on, if so. */
    Optional<JournalUnusable> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
        super.initialize(server, group, storage);
        snapshots.init(storage);
        getLifeCycle().startAndTransition(this::restore, IOException.class);
    }

    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    /** After a snapshot came from the leader. */
    @Override
    public void reinitialize() throws IOException {
        restore();
        if (getLifeCycleState() == LifeCycle.State.PAUSED) {
            getLifeCycle().transition(LifeCycle.State.STARTING);
            getLifeCycle().transition(LifeCycle.State.RUNNING);
        }
    }

    private void restore() throws IOException {
        synchronized (between) {
            try {
                Optional<SnapshotStore.Stored> newest = snapshots.load();
                if (newest.isPresent()) {
                    restore(newest.get());
                }
            } catch (JournalUnusable e) {
                failure = e;
                throw e;
            }
        }
    }

    private void restore(SnapshotStore.Stored stored) {
        long index = stored.covers().getIndex();
        try (InputStream content = SnapshotFile.open(stored.file())) {
            machine.restore(index, content);
        } catch (IOException | RuntimeException e) {
            throw new JournalUnusable(
                    "the snapshot " + stored.file() + " is intact but cannot be understood (" + e
                            + "); start the program version that wrote it",
                    e);
        }
        setLastAppliedTermIndex(stored.covers());
        reportedCut = index;
        bytesSince = 0;
        batchesSince = 0;
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return snapshots;
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        return snapshots.getLatestSnapshot();
    }

    @Override
    public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
        return TransactionContext.newBuilder()
                .setStateMachine(this)
                .setClientRequest(request)
                .setLogData(request.getMessage().getContent())
                .setStateMachineContext(pending.get(request.getCallId()))
                .build();
    }

    @Override
    public TransactionContext preAppendTransaction(TransactionContext transaction) {
        if (transaction.getStateMachineContext() instanceof Pending append) {
            append.isInLog = true;
        }
        return transaction;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto entry = Objects.requireNonNull(transaction.getLogEntry(), "a committed entry");
        LogEntry batch = decode(entry);
        boolean isCurrent = batch.term() == entry.getTerm();
        synchronized (between) {
            if (isCurrent) {
                apply(entry.getIndex(), batch.batch());
            }
            updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
            bytesSince += batch.batch().length;
            batchesSince++;
            snapshotIfDue();
        }
        return CompletableFuture.completedFuture(isCurrent ? APPLIED : STALE);
    }

    private LogEntry decode(LogEntryProto entry) {
        try {
            return LogEntry.decode(entry.getStateMachineLogEntry().getLogData());
        } catch (JournalUnusable e) {
            failure = e;
            throw e;
        }
    }

    private void apply(long index, byte[] batch) {
        try {
            machine.apply(index, batch);
        } catch (RuntimeException | Error e) {
            // A peer that skipped it would no longer be equal to the others.
            LOG.error("journal batch could not be applied, this peer stops index={}", index, e);
            failure = new JournalUnusable("batch " + index + " could not be applied", e);
            throw e;
        }
    }

    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        synchronized (between) {
            super.notifyTermIndexUpdated(term, index);
        }
    }

    @Override
    public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto configuration) {
        // Each leader begins its term with such an entry, and is ready when it is applied: the next call.
        configuredTerm = term;
    }

    @Override
    public void notifyLeaderReady() {
        leadership.begin(configuredTerm);
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> entries) {
        leadership.end(this::currentTerm);
    }

    private long currentTerm() {
        try {
            return getServer().join().getDivision(getGroupId()).getInfo().getCurrentTerm();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ratis asks on the applying thread up to where it may cut the log; the snapshots themselves are taken elsewhere. */
    @Override
    public long takeSnapshot() {
        if (cut < reportedCut) {
            return -1;
        }
        reportedCut = cut;
        return cut;
    }

    /** Takes a snapshot soon; several wishes at once share one. */
    CompletionStage<Long> snapshot() {
        CompletableFuture<Long> mine = new CompletableFuture<>();
        CompletableFuture<Long> others = requested.compareAndExchange(null, mine);
        if (others != null) {
            return others;
        }
        submit(
                () -> {
                    requested.set(null);
                    TermIndex covers;
                    Journal.SnapshotWriter content;
                    synchronized (between) {
                        covers = getLastAppliedTermIndex();
                        content = machine.capture();
                        bytesSince = 0;
                        batchesSince = 0;
                    }
                    write(covers, content, mine);
                },
                mine);
        return mine;
    }

    private void snapshotIfDue() {
        boolean isDue = bytesSince >= settings.snapshotEveryBytes() || batchesSince >= settings.snapshotEveryBatches();
        if (!isDue || isWriting) {
            return;
        }
        isWriting = true;
        bytesSince = 0;
        batchesSince = 0;
        TermIndex covers = getLastAppliedTermIndex();
        Journal.SnapshotWriter content = machine.capture();
        CompletableFuture<Long> done = new CompletableFuture<>();
        done.whenComplete((index, failed) -> {
            synchronized (between) {
                isWriting = false;
            }
        });
        submit(() -> write(covers, content, done), done);
    }

    private void write(TermIndex covers, Journal.SnapshotWriter content, CompletableFuture<Long> done) {
        try {
            SnapshotInfo latest = snapshots.getLatestSnapshot();
            if (covers.getIndex() >= 0 && (latest == null || latest.getIndex() < covers.getIndex())) {
                snapshots.write(covers, content);
                cut = snapshots.covered();
            }
            done.complete(covers.getIndex());
        } catch (IOException | RuntimeException e) {
            LOG.error("journal snapshot failed, the log grows until the next one index={}", covers.getIndex(), e);
            done.completeExceptionally(e);
        }
    }

    private void submit(Runnable work, CompletableFuture<Long> result) {
        try {
            writer.execute(work);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(JournalException.notAppended("the journal is closed"));
        }
    }

    /** Lets a snapshot that is being written end. */
    void stopSnapshots() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(SNAPSHOT_END_SECONDS, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            writer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
