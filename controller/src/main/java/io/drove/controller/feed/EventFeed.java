package io.drove.controller.feed;

import io.drove.core.contract.Happening;
import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.model.event.DroveEvent;
import io.drove.model.event.EventType;
import io.drove.model.wire.EventsPage;
import io.drove.model.wire.EventsSummary;
import io.drove.platform.id.Seed;
import io.drove.platform.id.Seeds;
import io.drove.platform.time.Clock;
import io.drove.platform.time.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events of the last hour. Written by the control loop, read by many.
 *
 * <p>Clients ask for what is later than a time, and take the latest time of the answer for the next question. Nothing is lost to them, since
 *
 * <ul>
 *   <li>a time that was handed out is closed: whatever happens in the same millisecond gets the next one;
 *   <li>times never go back, whatever the machine's clock does;
 *   <li>a time from the future is not ours but that of an earlier leader with another clock: who asks with it has seen nothing of us, and
 *       gets all;
 *   <li>when leadership begins, exposed apps are told anew: what an earlier leader did not get to tell is in them.
 * </ul>
 *
 * <p>In the original two events of one millisecond could fall on both sides of a question, and the second was lost.
 */
public final class EventFeed {
    // Clocks of machines in one cluster are nearer to each other than this.
    private static final long CLOCKS_DIFFER = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final EventRing ring;
    private final EventWriter writer;
    private final Clock clock;
    // Of this feed; an event's id is this and its number.
    private final Seed ids;
    private final long retention;
    private final int retoldMax;
    private volatile @Nullable ClusterState previous;
    private long lastTime;
    private long handedOut;

    /** @param hostname of this controller, for events about it */
    public EventFeed(String hostname, Clock clock, Seeds seeds, FeedLimits limits) {
        this.ring = new EventRing(limits.eventsMax());
        this.writer = new EventWriter(hostname);
        this.clock = clock;
        this.ids = seeds.next();
        this.retention = TimeUnit.NANOSECONDS.convert(limits.retention());
        this.retoldMax = limits.retoldMax();
    }

    /**
     * Tells what happened. To be called after it is durable, in order, by one thread at a time.
     *
     * @param after the state in which it has happened
     * @param wall wall time of the decision in milliseconds
     */
    public void publish(ClusterState after, List<Happening> happenings, long wall) {
        // What is gone is described from the state before.
        ClusterState before = previous == null ? after : previous;
        previous = after;
        List<Draft> drafts = new ArrayList<>(happenings.size());
        for (Happening happening : happenings) {
            if (happening instanceof Happening.LeadershipAcquired) {
                drafts.clear();
                begin(after, happening, drafts);
            } else {
                add(drafts, writer.event(before, after, happening));
            }
        }
        append(drafts, wall);
    }

    /** Events later than {@code time}, newest first, at most {@code size} of them. */
    public EventsPage latest(long time, int size) {
        lock.lock();
        try {
            long after = open(time);
            List<DroveEvent> events = new ArrayList<>();
            for (long number = ring.last(); isLater(number, after) && events.size() < size; number--) {
                events.add(event(number));
            }
            return new EventsPage(events, handedOut(time));
        } finally {
            lock.unlock();
        }
    }

    /** How many of each kind are later than {@code time}. */
    public EventsSummary summary(long time) {
        lock.lock();
        try {
            long after = open(time);
            SortedMap<EventType, Long> counts = new TreeMap<>();
            for (long number = ring.last(); isLater(number, after); number--) {
                counts.merge(ring.draft(number).type(), 1L, Long::sum);
            }
            return new EventsSummary(counts, handedOut(time));
        } finally {
            lock.unlock();
        }
    }

    private boolean isLater(long number, long time) {
        return number >= ring.first() && ring.time(number) > time;
    }

    private DroveEvent event(long number) {
        Draft draft = ring.draft(number);
        return new DroveEvent(draft.type(), id(number), ring.time(number), draft.metadata());
    }

    /** A new leader's feed starts empty, and says first whose it is. */
    private void begin(ClusterState state, Happening acquired, List<Draft> drafts) {
        lock.lock();
        try {
            ring.clear();
        } finally {
            lock.unlock();
        }
        add(drafts, writer.event(state, state, acquired));
        int retold = 0;
        for (AppRecord app : state.durable().apps().values()) {
            if (retold == retoldMax) {
                break;
            }
            if (app.spec().exposureSpec() != null && app.state().isActive()) {
                drafts.add(Draft.AppMoved.of(app.state(), app));
                retold++;
            }
        }
    }

    private static void add(List<Draft> drafts, @Nullable Draft draft) {
        if (draft != null) {
            drafts.add(draft);
        }
    }

    private void append(List<Draft> drafts, long wall) {
        if (drafts.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            Moment now = clock.read();
            expire(now);
            lastTime = Math.max(Math.max(wall, lastTime), handedOut + 1);
            for (Draft draft : drafts) {
                ring.add(draft, lastTime, now.monotonicNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    private long open(long time) {
        Moment now = clock.read();
        expire(now);
        long latest = Math.max(lastTime, now.wallMillis());
        return time - CLOCKS_DIFFER > latest ? Long.MIN_VALUE : time;
    }

    /** The time to ask from next: the newest ever given, or the caller's own while there is none. */
    private long handedOut(long time) {
        handedOut = lastTime;
        return lastTime == 0 ? time : lastTime;
    }

    private void expire(Moment now) {
        while (!ring.isEmpty() && now.monotonicNanos() - ring.since(ring.first()) > retention) {
            ring.dropFirst();
        }
    }

    /** A version-4 UUID; no other event of this feed has it, and of another feed by chance alone. */
    private String id(long number) {
        long high = (ids.high() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long low = ((ids.low() + number) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
