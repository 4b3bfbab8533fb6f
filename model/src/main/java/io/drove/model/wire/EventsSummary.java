package io.drove.model.wire;

import io.drove.model.event.EventType;
import java.util.SortedMap;

/** How many events of each kind, and the time to ask from next. */
public record EventsSummary(SortedMap<EventType, Long> eventsCount, long lastSyncTime) {}
