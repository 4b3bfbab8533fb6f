package io.drove.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps every batch as text, and tells of leadership through a queue. */
final class RecordingMachine implements Journal.StateMachine, Journal.LeadershipListener {
    private static final long FOLLOWING = -1;

    private final List<String> batches = new ArrayList<>();
    private final BlockingQueue<Long> leadership = new LinkedBlockingQueue<>();
    private long lastIndex = -1;
    private long restoredFrom = -1;
    private int whenLeading = -1;

    @Override
    public synchronized void apply(long index, byte[] batch) {
        assertThat(index).isGreaterThan(lastIndex);
        lastIndex = index;
        batches.add(new String(batch, StandardCharsets.UTF_8));
        notifyAll();
    }

    @Override
    public synchronized Journal.SnapshotWriter capture() {
        List<String> captured = List.copyOf(batches);
        return out -> {
            DataOutputStream data = new DataOutputStream(out);
            data.writeInt(captured.size());
            for (String batch : captured) {
                byte[] bytes = batch.getBytes(StandardCharsets.UTF_8);
                data.writeInt(bytes.length);
                data.write(bytes);
            }
            data.close();
        };
    }

    @Override
    public synchronized void restore(long index, InputStream snapshot) throws IOException {
        DataInputStream data = new DataInputStream(snapshot);
        batches.clear();
        int count = data.readInt();
        for (int i = 0; i < count; i++) {
            batches.add(new String(data.readNBytes(data.readInt()), StandardCharsets.UTF_8));
        }
        assertThat(data.read()).isEqualTo(-1);
        lastIndex = index;
        restoredFrom = index;
        notifyAll();
    }

    @Override
    public synchronized void leading(long term) {
        whenLeading = batches.size();
        leadership.add(term);
    }

    @Override
    public void following() {
        leadership.add(FOLLOWING);
    }

    /** The term that this peer leads next. */
    long awaitLeading() throws InterruptedException {
        Long term = leadership.poll(20, TimeUnit.SECONDS);
        assertThat(term).as("the term led within 20 s").isNotNull();
        return term == FOLLOWING ? awaitLeading() : term;
    }

    synchronized void awaitBatches(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (batches.size() < count && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
        assertThat(batches).hasSizeGreaterThanOrEqualTo(count);
    }

    synchronized List<String> batches() {
        return List.copyOf(batches);
    }

    /** How many batches had been applied when leadership was reported. */
    synchronized int whenLeading() {
        return whenLeading;
    }

    /** What the snapshot covered that this machine began with, or -1. */
    synchronized long restoredFrom() {
        return restoredFrom;
    }
}
