package io.drove.bench.executors;

import static io.drove.model.Assertion.require;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A hashed timing wheel (Varghese and Lauck, 1987): a million timers cost one thread and a slot's entry each. A task runs on the wheel's thread, up to
 * two ticks late, and must be short.
 */
final class Wheel implements AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int SLOTS = 4096;

    private record Entry(long tick, Runnable task) {}

    private final Queue<Entry>[] slots = slots();
    private final long origin = System.nanoTime();
    private final Thread thread = Thread.ofPlatform().name("wheel").daemon().unstarted(this::turn);
    private volatile long turned;
    private volatile boolean isClosed;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Queue<Entry>[] slots() {
        Queue<Entry>[] made = new Queue[SLOTS];
        for (int i = 0; i < SLOTS; i++) {
            made[i] = new ConcurrentLinkedQueue<>();
        }
        return made;
    }

    void start() {
        thread.start();
    }

    /** Runs the task after so many nanoseconds, not earlier. */
    void after(long nanos, Runnable task) {
        require(nanos >= 0, "a timer cannot be %d ns in the past", nanos);
        // The slot that is being emptied right now, or was, must not get it.
        long tick = Math.max((System.nanoTime() - origin + nanos) / TICK_NANOS + 1, turned + 2);
        slots[(int) (tick % SLOTS)].add(new Entry(tick, task));
    }

    private void turn() {
        while (!isClosed) {
            long due = (System.nanoTime() - origin) / TICK_NANOS;
            for (long tick = turned + 1; tick <= due; tick++) {
                empty(tick);
                turned = tick;
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private void empty(long tick) {
        Queue<Entry> slot = slots[(int) (tick % SLOTS)];
        for (int left = slot.size(); left > 0; left--) {
            Entry entry = slot.remove();
            if (entry.tick() <= tick) {
                entry.task().run();
            } else {
                slot.add(entry);
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }
}
