package io.drove.controller.loop;

import io.drove.platform.time.Clock;
import io.drove.platform.time.Moment;
import java.time.Duration;

/** A clock that the test moves. */
public final class ManualClock implements Clock {
    private long nanos = -5;
    private long wall = 1_700_000_000_000L;

    public void advance(Duration by) {
        nanos += by.toNanos();
        wall += by.toMillis();
    }

    @Override
    public Moment read() {
        return new Moment(nanos, wall);
    }
}
