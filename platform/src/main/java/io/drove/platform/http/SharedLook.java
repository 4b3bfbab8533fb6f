package io.drove.platform.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A look at something that costs too much to be taken by everybody: all who ask within a while share one, and wait for it while it is taken. */
final class SharedLook {
    private final Duration every;
    private final LongSupplier nanos;
    private final BooleanSupplier look;
    private boolean hasLooked;
    private long lookedAt;
    private boolean answer;

    SharedLook(Duration every, LongSupplier nanos, BooleanSupplier look) {
        this.every = every;
        this.nanos = nanos;
        this.look = look;
    }

    synchronized boolean answer() {
        if (!hasLooked || nanos.getAsLong() - lookedAt >= every.toNanos()) {
            answer = look.getAsBoolean();
            lookedAt = nanos.getAsLong();
            hasLooked = true;
        }
        return answer;
    }
}
