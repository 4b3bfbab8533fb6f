package io.drove.dist.dev;

import java.time.Duration;

/** How long to wait before a server is started again: not at all after a long life, else ever longer. Not thread-safe. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration LONG_LIFE = Duration.ofSeconds(30);

    private Duration next = Duration.ZERO;

    /** The wait after a process that lived this long. */
    Duration after(Duration life) {
        if (life.compareTo(LONG_LIFE) >= 0) {
            next = Duration.ZERO;
        }
        Duration wait = next;
        Duration doubled = wait.isZero() ? FIRST : wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
