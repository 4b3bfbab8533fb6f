package io.drove.platform.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends what clients do not take: a write to a channel waits for ever, and only another thread can end it. One for each server. */
final class Overdue implements AutoCloseable {
    /** How often a deadline is looked for within the time that a write may take. */
    private static final int LOOKS = 10;

    private final Duration timeout;
    private final Set<Outbound> writing = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Overdue(Duration timeout) {
        this.timeout = timeout;
    }

    /** Watches from now on, until it is closed; a write is ended at the latest a tenth of the time after its deadline. */
    static Overdue watch(Duration timeout) {
        Overdue overdue = new Overdue(timeout);
        Thread.ofVirtual().name("overdue-writes").start(overdue::run);
        return overdue;
    }

    Duration timeout() {
        return timeout;
    }

    void begins(Outbound write) {
        writing.add(write);
    }

    void ends(Outbound write) {
        writing.remove(write);
    }

    private void run() {
        try {
            while (!closed.await(timeout.toNanos() / LOOKS + 1, TimeUnit.NANOSECONDS)) {
                long now = System.nanoTime();
                writing.forEach(write -> write.cutIfOverdue(now));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
