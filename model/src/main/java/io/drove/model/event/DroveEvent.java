package io.drove.model.event;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** One event. {@code time} in milliseconds since the epoch; metadata values are text or numbers. */
public record DroveEvent(EventType type, String id, long time, SortedMap<String, Object> metadata) {
    public DroveEvent {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }
}
