package io.drove.simulation.time;

import io.drove.platform.time.Clock;
import io.drove.platform.time.Moment;
import java.util.ArrayDeque;
import java.util.Deque;

/** One process of the world: what reaches it waits while it is paused, and is lost when it is killed. Has clocks of its own. */
public final class SimulatedProcess implements Clock {
    /** 2026-01-01T00:00Z. */
    private static final long WALL_ORIGIN_MILLIS = 1_767_225_600_000L;

    private final String name;
    private final Timeline timeline;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private long monotonicOrigin;
    private long wallSkewMillis;
    private long life;
    private boolean isRunning;
    private boolean isPaused;

    public SimulatedProcess(String name, Timeline timeline) {
        this.name = name;
        this.timeline = timeline;
    }

    public String name() {
        return name;
    }

    public boolean isRunning() {
        return isRunning;
    }

    public boolean isPaused() {
        return isPaused;
    }

    /** Running, and not paused. */
    public boolean isAwake() {
        return isRunning && !isPaused;
    }

    /** Which start of it this is; grows. */
    public long life() {
        return life;
    }

    /** It starts; its monotonic clock begins somewhere. */
    public void start(long monotonicStart) {
        isRunning = true;
        isPaused = false;
        life++;
        monotonicOrigin = monotonicStart - timeline.now();
        waiting.clear();
    }

    public void kill() {
        isRunning = false;
        isPaused = false;
        waiting.clear();
    }

    public void pause() {
        isPaused = isRunning;
    }

    /** Goes on, with all that waited. */
    public void resume() {
        isPaused = false;
        long present = life;
        while (isAwake() && life == present && !waiting.isEmpty()) {
            waiting.removeFirst().run();
        }
    }

    /** Its wall clock jumps. */
    public void jump(long millis) {
        wallSkewMillis += millis;
    }

    @Override
    public Moment read() {
        return new Moment(
                timeline.now() + monotonicOrigin, WALL_ORIGIN_MILLIS + wallSkewMillis + timeline.now() / 1_000_000);
    }

    /** Monotonic nanoseconds on its own clock. */
    public long monotonic() {
        return timeline.now() + monotonicOrigin;
    }

    /** The world's time at which its own monotonic clock will show {@code nanos}. */
    public long worldTime(long nanos) {
        return nanos - monotonicOrigin;
    }

    /** Something reaches the process now: at once, when it wakes up, or never. */
    public void reach(Runnable task) {
        if (!isRunning) {
            return;
        }
        if (isPaused) {
            waiting.addLast(task);
        } else {
            task.run();
        }
    }

    /** Something reaches this very life of the process after a while. */
    public void after(long nanos, Runnable task) {
        long present = life;
        timeline.after(nanos, () -> {
            if (life == present) {
                reach(task);
            }
        });
    }
}
