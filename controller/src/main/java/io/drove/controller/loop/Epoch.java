package io.drove.controller.loop;

import io.drove.core.contract.Now;
import io.drove.core.state.ClusterState;
import io.drove.platform.time.Moment;
import org.jspecify.annotations.Nullable;

/** A time of leading. The thread that steps makes it and publishes; any thread reads. */
final class Epoch {
    private final long number;
    private final long term;
    private final Moment began;
    private volatile @Nullable ClusterState published;

    Epoch(long number, long term, Moment began) {
        this.number = number;
        this.term = term;
        this.began = began;
    }

    long number() {
        return number;
    }

    /** The journal's term in which it is. */
    long term() {
        return term;
    }

    /** That moment on its own clock, on which deadlines in the state run. */
    Now at(Moment moment) {
        return new Now(nanos(moment), moment.wallMillis());
    }

    /** Nanoseconds from its beginning to that moment. */
    long nanos(Moment moment) {
        return moment.monotonicNanos() - began.monotonicNanos();
    }

    /** The newest state of it that is durable; null before its barrier is. */
    @Nullable
    ClusterState published() {
        return published;
    }

    void publish(ClusterState state) {
        published = state;
    }
}
