package io.drove.model.wire;

import io.drove.model.event.DroveEvent;
import java.util.List;

/** Events, newest first, and the time to ask from next. */
public record EventsPage(List<DroveEvent> events, long lastSyncTime) {}
