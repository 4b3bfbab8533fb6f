package io.drove.simulation.time;

import java.util.PriorityQueue;

/** The queue of all events of a world, in the order of their times; those of one time in the order in which they were planned. */
public final class Timeline {
    private record Event(long at, long number, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private final Trace trace;
    private long now;
    private long planned;
    private long done;

    public Timeline(Trace trace) {
        this.trace = trace;
    }

    /** Nanoseconds since the world began. */
    public long now() {
        return now;
    }

    /** Events that have happened. */
    public long done() {
        return done;
    }

    public Trace trace() {
        return trace;
    }

    /** Tells the trace that something happened now. */
    public void tell(String what, Object... details) {
        trace.add(now, what, details);
    }

    public void after(long nanos, Runnable task) {
        at(now + nanos, task);
    }

    public void at(long nanos, Runnable task) {
        queue.add(new Event(Math.max(nanos, now), planned++, task));
    }

    /** Lets the next event happen if it is due until then; false when none is. */
    public boolean step(long until) {
        Event next = queue.peek();
        if (next == null || next.at > until) {
            now = Math.max(now, until);
            return false;
        }
        queue.remove();
        now = next.at;
        done++;
        next.task.run();
        return true;
    }
}
