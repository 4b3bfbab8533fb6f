package io.drove.platform.time;

/** The machine's clocks. */
public final class SystemClock implements Clock {
    @Override
    public Moment read() {
        return new Moment(System.nanoTime(), System.currentTimeMillis());
    }
}
