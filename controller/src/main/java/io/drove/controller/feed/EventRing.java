package io.drove.controller.feed;

import org.jspecify.annotations.Nullable;

/**
 * The newest events, in columns: an event is one small object and two numbers while nobody reads it, and most are never read. Each that is one too many takes the place of the oldest. They are
 * numbered from 1 on. Not thread-safe.
 */
final class EventRing {
    private final @Nullable Draft[] drafts;
    private final long[] times;
    private final long[] since;
    private long first = 1;
    private long last;

    EventRing(int eventsMax) {
        this.drafts = new Draft[eventsMax];
        this.times = new long[eventsMax];
        this.since = new long[eventsMax];
    }

    /** The number of the oldest; one more than that of the newest when there is none. */
    long first() {
        return first;
    }

    /** The number of the newest that there ever was. */
    long last() {
        return last;
    }

    boolean isEmpty() {
        return first > last;
    }

    /**
     * What is known of an event that is kept.
     *
     * @throws IndexOutOfBoundsException for another one
     */
    Draft draft(long number) {
        Draft draft = number < first || number > last ? null : drafts[place(number)];
        if (draft == null) {
            throw new IndexOutOfBoundsException(
                    "event " + number + " is not kept, those from " + first + " to " + last + " are");
        }
        return draft;
    }

    /** Of an event that is kept: wall time in milliseconds. */
    long time(long number) {
        return times[place(number)];
    }

    /** Of an event that is kept: when it was told, in monotonic nanoseconds. */
    long since(long number) {
        return since[place(number)];
    }

    void add(Draft draft, long time, long nanos) {
        if (last - first + 1 == drafts.length) {
            dropFirst();
        }
        last++;
        drafts[place(last)] = draft;
        times[place(last)] = time;
        since[place(last)] = nanos;
    }

    void dropFirst() {
        drafts[place(first)] = null;
        first++;
    }

    void clear() {
        while (!isEmpty()) {
            dropFirst();
        }
    }

    private int place(long number) {
        return (int) (number % drafts.length);
    }
}
