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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
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
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private final EventWriter writer;
    private final Clock clock;
    private final SplittableRandom random;
    private final FeedLimits limits;
    private volatile @Nullable ClusterState previous;
    private long sequence;
    private long lastTime;
    private long handedOut;

    /** An event that nobody may ever read: written when somebody does. */
    private record Kept(long sequence, EventWriter.Draft draft, Seed seed, long time, Moment since) {
        DroveEvent event() {
            return new DroveEvent(draft.type(), id(seed), time, draft.metadata().get());
        }
    }

    /** @param hostname of this controller, for events about it */
    public EventFeed(String hostname, Clock clock, Seeds seeds, FeedLimits limits) {
        this.writer = new EventWriter(hostname);
        this.clock = clock;
        this.random = new SplittableRandom(seeds.next().low());
        this.limits = limits;
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
        for (Happening happening : happenings) {
            if (happening instanceof Happening.LeadershipAcquired) {
                begin(after, happening, wall);
            } else {
                writer.event(before, after, happening).ifPresent(draft -> append(draft, wall));
            }
        }
    }

    /** Events later than {@code time}, newest first, at most {@code size} of them. */
    public EventsPage latest(long time, int size) {
        lock.lock();
        try {
            long after = open(time);
            List<DroveEvent> events = new ArrayList<>(Math.min(size, kept.size()));
            Iterator<Kept> newestFirst = kept.descendingIterator();
            while (newestFirst.hasNext() && events.size() < size) {
                Kept event = newestFirst.next();
                if (event.time() <= after) {
                    break;
                }
                events.add(event.event());
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
            Iterator<Kept> newestFirst = kept.descendingIterator();
            while (newestFirst.hasNext()) {
                Kept event = newestFirst.next();
                if (event.time() <= after) {
                    break;
                }
                counts.merge(event.draft().type(), 1L, Long::sum);
            }
            return new EventsSummary(counts, handedOut(time));
        } finally {
            lock.unlock();
        }
    }

    /** The next events after that place, oldest first: what a stream sends. */
    public List<StoredEvent> after(long place, int max) {
        lock.lock();
        try {
            expire(clock.read());
            return kept.stream()
                    .filter(event -> event.sequence() > place)
                    .limit(max)
                    .map(event -> new StoredEvent(event.sequence(), event.event()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** A new leader's feed starts empty, and says first whose it is. */
    private void begin(ClusterState state, Happening acquired, long wall) {
        lock.lock();
        try {
            kept.clear();
        } finally {
            lock.unlock();
        }
        writer.event(state, state, acquired).ifPresent(draft -> append(draft, wall));
        int retold = 0;
        for (AppRecord app : state.durable().apps().values()) {
            if (retold == limits.retoldMax()) {
                break;
            }
            if (app.spec().exposureSpec() != null && app.state().isActive()) {
                writer.event(state, state, new Happening.AppMoved(app.id(), app.state()))
                        .ifPresent(draft -> append(draft, wall));
                retold++;
            }
        }
    }

    private void append(EventWriter.Draft draft, long wall) {
        lock.lock();
        try {
            Moment now = clock.read();
            expire(now);
            lastTime = Math.max(Math.max(wall, lastTime), handedOut + 1);
            sequence++;
            kept.addLast(new Kept(sequence, draft, new Seed(random.nextLong(), random.nextLong()), lastTime, now));
            if (kept.size() > limits.eventsMax()) {
                kept.removeFirst();
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
        Optional<Kept> oldest = Optional.ofNullable(kept.peekFirst());
        while (oldest.isPresent() && now.since(oldest.get().since()).compareTo(limits.retention()) > 0) {
            kept.removeFirst();
            oldest = Optional.ofNullable(kept.peekFirst());
        }
    }

    /** A version-4 UUID of the seed's bits. */
    private static String id(Seed seed) {
        long high = (seed.high() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long low = (seed.low() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
