package io.drove.simulation.journal;

import io.drove.platform.journal.Journal;
import io.drove.platform.journal.JournalException;
import io.drove.platform.journal.JournalException.Outcome;
import io.drove.simulation.journal.JournalGroup.Entry;
import io.drove.simulation.time.SimulatedProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One start of one peer. All calls and callbacks happen on the world's one thread, the callbacks only while the process is awake. */
public final class SimulatedJournal implements Journal {
    private static final int BATCH_BYTES_MAX = 3 << 20;
    private static final int UNDER_WAY_BYTES_MAX = 16 << 20;
    private static final int BYTES_PER_MILLISECOND = 100_000;
    private static final long NOT_LEADING = -1;

    private static final class Append {
        final byte[] batch;
        final CompletableFuture<Long> done = new CompletableFuture<>();
        final long syncedAt;

        Append(byte[] batch, long syncedAt) {
            this.batch = batch;
            this.syncedAt = syncedAt;
        }
    }

    private final JournalGroup group;
    private final JournalDisk disk;
    private final SimulatedProcess process;
    private final int snapshotEvery;
    /** Appended, and not committed yet. */
    private final Deque<Append> uncommitted = new ArrayDeque<>();
    /** Committed, and not acknowledged yet. */
    private final Deque<Append> unacknowledged = new ArrayDeque<>();

    private @Nullable StateMachine machine;
    private @Nullable LeadershipListener listener;
    private long life;
    private boolean isClosed;
    private long ledTerm = NOT_LEADING;
    private long bytesUnderWay;
    private long lastSync;
    private long lastAcknowledgement;
    private int position;
    private int positionOfSnapshot;

    public SimulatedJournal(JournalGroup group, JournalDisk disk, SimulatedProcess process) {
        this.group = group;
        this.disk = disk;
        this.process = process;
        this.snapshotEvery = group.dice().between(10, 200);
    }

    JournalDisk disk() {
        return disk;
    }

    long ledTerm() {
        return ledTerm;
    }

    boolean isRunning() {
        return machine != null && !isClosed && process.isRunning() && process.life() == life;
    }

    boolean isAwake() {
        return isRunning() && process.isAwake();
    }

    @Override
    public void start(StateMachine ownMachine, LeadershipListener ownListener) {
        machine = ownMachine;
        listener = ownListener;
        life = process.life();
        disk.present = this;
        JournalDisk.Snapshot snapshot = disk.snapshot;
        if (snapshot != null) {
            restore(snapshot);
        }
        // The rest of the log comes by and by, at the latest before this peer leads.
        catchUp(position + group.dice().between(0, group.log().size() - position));
        group.review();
    }

    @Override
    public CompletionStage<Long> append(long term, byte[] batch) {
        if (!isRunning() || term != ledTerm) {
            return refused("term " + term + " is not led here, " + ledTerm + " is");
        }
        if (batch.length > BATCH_BYTES_MAX) {
            return refused("the batch has " + batch.length + " bytes");
        }
        if (bytesUnderWay + batch.length > UNDER_WAY_BYTES_MAX) {
            return refused("too much is under way");
        }
        if (group.dice().chance(group.temper().refusals)) {
            return refusedLater();
        }
        boolean isLate = group.dice().chance(group.temper().lateCommits);
        long now = group.timeline().now();
        long sync = group.dice().millis(group.temper().syncMin, group.temper().syncMax)
                + batch.length / BYTES_PER_MILLISECOND * 1_000_000L
                + (isLate ? group.dice().millis(500, 8_000) : 0);
        lastSync = Math.max(lastSync, now + sync);
        Append append = new Append(batch, lastSync);
        uncommitted.addLast(append);
        bytesUnderWay += batch.length;
        group.timeline().at(lastSync, this::drain);
        if (isLate) {
            process.after(
                    group.dice().millis(1, 400),
                    () -> append.done.completeExceptionally(
                            new JournalException(Outcome.UNKNOWN, "no answer in time", null)));
        }
        return append.done;
    }

    /** The caller may append more before it learns that this one is missing. */
    private CompletionStage<Long> refusedLater() {
        CompletableFuture<Long> done = new CompletableFuture<>();
        process.after(
                group.dice().millis(0, 100),
                () -> done.completeExceptionally(
                        new JournalException(Outcome.NOT_APPENDED, "a fault of the simulation", null)));
        return done;
    }

    private static CompletionStage<Long> refused(String why) {
        return CompletableFuture.failedStage(new JournalException(Outcome.NOT_APPENDED, why, null));
    }

    /** Commits what is synced and reaches a majority, in order. */
    void drain() {
        while (!uncommitted.isEmpty()
                && group.isLeader(this)
                && ledTerm == group.term()
                && isAwake()
                && uncommitted.getFirst().syncedAt <= group.timeline().now()
                && group.hasMajority(this)) {
            Append append = uncommitted.removeFirst();
            unacknowledged.addLast(append);
            group.commit(this, append.batch);
            int committed = group.log().size();
            lastAcknowledgement = Math.max(
                    lastAcknowledgement, group.timeline().now() + group.dice().millis(0, 5));
            process.after(lastAcknowledgement - group.timeline().now(), () -> acknowledge(append, committed));
        }
    }

    private void acknowledge(Append append, int committed) {
        if (!isRunning()) {
            return;
        }
        catchUp(committed);
        if (unacknowledged.remove(append)) {
            bytesUnderWay -= append.batch.length;
            append.done.complete(group.log().get(committed - 1).index());
        }
    }

    /** What was appended and is not committed; from now on it is the group's to decide on. */
    List<byte[]> takeUncommitted() {
        List<byte[]> tail = new ArrayList<>();
        if (ledTerm == group.term()) {
            uncommitted.forEach(append -> tail.add(append.batch));
        }
        return tail;
    }

    /** Another one leads, or this one in a newer term; it learns that when it can. */
    void deposed(boolean isElectedAgain) {
        long old = ledTerm;
        long delay = isElectedAgain
                ? 0
                : group.dice().between(Duration.ofMillis(1), Duration.ofMillis(group.temper().beliefMax));
        process.after(delay, () -> stepDown(old));
    }

    private void stepDown(long term) {
        if (ledTerm == NOT_LEADING || ledTerm != term) {
            return;
        }
        ledTerm = NOT_LEADING;
        boolean failsFirst = group.dice().chance(0.5);
        if (failsFirst) {
            failAll();
        }
        requireListener().following();
        failAll();
    }

    private void failAll() {
        List<Append> failed = new ArrayList<>(unacknowledged);
        failed.addAll(uncommitted);
        unacknowledged.clear();
        uncommitted.clear();
        bytesUnderWay = 0;
        failed.forEach(append -> append.done.completeExceptionally(
                new JournalException(Outcome.UNKNOWN, "leadership was lost meanwhile", null)));
    }

    void elected(long term) {
        process.after(group.dice().millis(1, 100), () -> {
            if (!isRunning() || !group.isLeader(this) || group.term() != term) {
                return;
            }
            stepDown(ledTerm);
            catchUp(group.log().size());
            ledTerm = term;
            requireListener().leading(term);
        });
    }

    void catchUpSoon() {
        if (isRunning() && position < group.log().size()) {
            int known = group.log().size();
            process.after(group.dice().millis(1, 60), () -> {
                if (isRunning() && group.hearsOfLeader(this)) {
                    catchUp(known);
                }
            });
        }
    }

    private void catchUp(int known) {
        JournalDisk.Snapshot snapshot = disk.snapshot;
        boolean isFarBehind = known - position > snapshotEvery / 2;
        if (isFarBehind
                && snapshot != null
                && snapshot.position() > position
                && group.dice().chance(group.temper().snapshots)) {
            restore(snapshot);
        }
        while (position < known) {
            Entry entry = group.log().get(position);
            position++;
            requireMachine().apply(entry.index(), entry.batch());
            if (!isRunning()) {
                return;
            }
        }
        if (position - positionOfSnapshot >= snapshotEvery) {
            takeSnapshot();
        }
    }

    private void restore(JournalDisk.Snapshot snapshot) {
        try {
            requireMachine().restore(snapshot.index(), new ByteArrayInputStream(snapshot.bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("a snapshot that was written cannot be read", e);
        }
        position = snapshot.position();
        positionOfSnapshot = position;
    }

    @Override
    public CompletionStage<Long> snapshot() {
        CompletableFuture<Long> done = new CompletableFuture<>();
        process.after(group.dice().millis(1, 50), () -> done.complete(takeSnapshot()));
        return done;
    }

    private long takeSnapshot() {
        long index = position == 0 ? 0 : group.log().get(position - 1).index();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            requireMachine().capture().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        disk.snapshot = new JournalDisk.Snapshot(position, index, out.toByteArray());
        positionOfSnapshot = position;
        return index;
    }

    @Override
    public void close() {
        if (isClosed || machine == null) {
            return;
        }
        isClosed = true;
        if (ledTerm != NOT_LEADING) {
            requireListener().following();
        }
        List<Append> failed = new ArrayList<>(unacknowledged);
        failed.addAll(uncommitted);
        failed.forEach(append ->
                append.done.completeExceptionally(new JournalException(Outcome.UNKNOWN, "the journal closed", null)));
        group.review();
    }

    private StateMachine requireMachine() {
        if (machine == null) {
            throw new IllegalStateException("the journal of " + disk.name() + " was not started");
        }
        return machine;
    }

    private LeadershipListener requireListener() {
        if (listener == null) {
            throw new IllegalStateException("the journal of " + disk.name() + " was not started");
        }
        return listener;
    }
}
