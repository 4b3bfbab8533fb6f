package io.drove.controller.loop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The platform thread that runs a loop, and what else goes by the clock beside it: steps, sleeps until the next deadline or until it is woken.
 */
public final class ControlThread implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(5);

    private final ControlLoop loop;
    private final LongSupplier beside;
    private final Thread thread;
    private volatile boolean isClosed;
    private volatile boolean isWoken;

    private ControlThread(ControlLoop loop, LongSupplier beside) {
        this.loop = loop;
        this.beside = beside;
        this.thread = Thread.ofPlatform().name("control-loop").unstarted(this::run);
    }

    /** Starts; {@code beside} is called after each step and returns after how many nanoseconds it is due again. */
    public static ControlThread start(ControlLoop loop, LongSupplier beside) {
        ControlThread started = new ControlThread(loop, beside);
        loop.onWork(started::wake);
        started.thread.start();
        return started;
    }

    private void wake() {
        isWoken = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!isClosed) {
            isWoken = false;
            long sleep = step();
            if (sleep > 0 && !isWoken && !isClosed) {
                LockSupport.parkNanos(this, sleep);
            }
        }
        loop.stop();
    }

    // The top of the thread: whatever broke, the journal still knows the truth, and a loop that ends helps nobody.
    private long step() {
        try {
            return Math.min(loop.step(), beside.getAsLong());
        } catch (RuntimeException | StackOverflowError | AssertionError failure) {
            loop.fault(failure);
            return Duration.ofMillis(100).toNanos();
        }
    }

    /** Ends the loop: what waits is refused. */
    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
