package io.drove.core.state;

import static io.drove.model.Assertion.require;

import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import io.vavr.collection.TreeMap;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is due when, one deadline for each {@link Due}. Points in time are monotonic nanoseconds of the epoch; those that fall together keep the order in
 * which they were armed.
 */
public record Deadlines(TreeMap<Point, Due> byTime, HashMap<Due, Point> points, long armed) {
    /** A point in time, and the number of its arming. */
    public record Point(long nanos, long number) implements Comparable<Point> {
        @Override
        public int compareTo(Point other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    public static final Deadlines NONE = new Deadlines(TreeMap.empty(), HashMap.empty(), 0);

    /** The earliest point at which something is due. */
    public OptionalLong next() {
        return byTime.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(byTime.head()._1().nanos());
    }

    /** What is due first, if it is due at {@code nanos}. */
    public @Nullable Due due(long nanos) {
        if (byTime.isEmpty()) {
            return null;
        }
        Tuple2<Point, Due> first = byTime.head();
        return first._1().nanos() <= nanos ? first._2() : null;
    }

    /** When that is due, or null when it is not armed. */
    public @Nullable Long at(Due due) {
        Point point = points.getOrElse(due, null);
        return point == null ? null : point.nanos();
    }

    public boolean isArmed(Due due) {
        return points.containsKey(due);
    }

    Deadlines arm(Due due, long nanos) {
        require(nanos >= 0, "a deadline must not be negative, was %d for %s", nanos, due);
        Deadlines without = disarm(due);
        Point point = new Point(nanos, armed);
        return new Deadlines(without.byTime.put(point, due), without.points.put(due, point), armed + 1);
    }

    Deadlines disarm(Due due) {
        Point point = points.getOrElse(due, null);
        return point == null ? this : new Deadlines(byTime.remove(point), points.remove(due), armed);
    }
}
