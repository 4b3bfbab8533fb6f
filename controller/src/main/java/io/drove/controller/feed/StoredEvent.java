package io.drove.controller.feed;

import io.drove.model.event.DroveEvent;

/** An event and its place in the feed: numbers grow by one, from 1 on, and start anew with the process. */
public record StoredEvent(long sequence, DroveEvent event) {}
