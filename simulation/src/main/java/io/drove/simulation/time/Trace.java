package io.drove.simulation.time;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happened, in order: a ring of the last events for whoever has to explain a failure, and a hash over all of them, by which two runs are compared. Texts are made
 * only when somebody reads them.
 */
public final class Trace {
    private static final int KEPT = 4_000;

    private record Event(long at, String what, Object[] details) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(String.format("%12.6f  %s", at / 1e9, what));
            for (Object detail : details) {
                text.append(' ').append(detail);
            }
            return text.toString();
        }
    }

    private final Deque<Event> ring = new ArrayDeque<>();
    private @Nullable Consumer<String> live;
    private long hash = 0xCBF29CE484222325L;

    /** Tells every event as it happens. */
    public void tellAll(Consumer<String> listener) {
        live = listener;
    }

    /** Something happened; {@code details} must be immutable. */
    public void add(long at, String what, Object... details) {
        Event event = new Event(at, what, details);
        mix(at);
        mix(what.hashCode());
        ring.addLast(event);
        if (ring.size() > KEPT) {
            ring.removeFirst();
        }
        if (live != null) {
            live.accept(event.toString());
        }
    }

    /** Only for the hash: something too common to be kept. */
    public void tick(long at, int what) {
        mix(at);
        mix(what);
    }

    private void mix(long value) {
        hash = (hash ^ value) * 0x100000001B3L;
        hash ^= hash >>> 29;
    }

    /** Equal for equal histories. */
    public long hash() {
        return hash;
    }

    /** The last events, oldest first. */
    public List<String> last(int most) {
        List<Event> all = new ArrayList<>(ring);
        return all.subList(Math.max(0, all.size() - most), all.size()).stream()
                .map(Event::toString)
                .toList();
    }

    /** The last events that name {@code subject}, oldest first. */
    public List<String> lastOf(String subject, int most) {
        List<String> found = ring.stream()
                .map(Event::toString)
                .filter(text -> text.contains(subject))
                .toList();
        return found.subList(Math.max(0, found.size() - most), found.size());
    }
}
