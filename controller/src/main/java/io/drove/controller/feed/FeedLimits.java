package io.drove.controller.feed;

import java.time.Duration;

/**
 * How much is remembered.
 *
 * @param retention the original's {@code maxEventsStorageDuration}
 * @param eventsMax events at most, about 100 bytes each and 20 of them also while there is none; at least one
 * @param retoldMax apps that are told anew when leadership begins; one is enough to make every gateway look again
 */
public record FeedLimits(Duration retention, int eventsMax, int retoldMax) {
    public static final FeedLimits DEFAULT = new FeedLimits(Duration.ofMinutes(60), 20_000, 100);
}
