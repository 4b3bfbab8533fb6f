package io.drove.controller.api;

import io.drove.controller.feed.EventFeed;
import io.drove.model.wire.EventsPage;

/** {@code /cluster/events}: strictly later than {@code lastSyncTime}, newest first (reference 2.4). */
final class Events {
    private static final int PAGE = 1_024;

    private final EventFeed feed;

    Events(EventFeed feed) {
        this.feed = feed;
    }

    /** The bare list; deprecated in the original, and still polled by its clients. */
    Answer list(Call call) {
        return Answer.success(page(call).events());
    }

    Answer latest(Call call) {
        return Answer.success(page(call));
    }

    Answer summary(Call call) {
        return Answer.success(feed.summary(lastSyncTime(call)));
    }

    private EventsPage page(Call call) {
        return feed.latest(lastSyncTime(call), call.number("size", PAGE, 0, Integer.MAX_VALUE));
    }

    private static long lastSyncTime(Call call) {
        return call.number("lastSyncTime", 0L, 0L, Long.MAX_VALUE);
    }
}
