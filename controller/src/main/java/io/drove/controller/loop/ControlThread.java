package io.drove.controller.loop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The platform thread that runs a loop: steps, sleeps until the next deadline or until it is woken. */
public final class ControlThread implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(5);

    private final ControlLoop loop;
    private final Thread thread;
    private volatile boolean isClosed;
    private volatile boolean isWoken;

    private ControlThread(ControlLoop loop) {
        this.loop = loop;
        this.thread = Thread.ofPlatform().name("control-loop").unstarted(this::run);
    }

    public static ControlThread start(ControlLoop loop) {
        ControlThread started = new ControlThread(loop);
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
            return loop.step();
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
