package io.drove.bench.scale;

import io.drove.bench.watch.Await;
import io.drove.bench.watch.MeasurementFailed;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks at the controller's counts several times a second, keeps what it saw, and tells of progress every few seconds. */
final class Watch {
    private static final Duration GRAIN = Duration.ofMillis(250);
    /** A look costs the controller some milliseconds: of what takes long, less is seen. */
    private static final Duration COARSE_GRAIN = Duration.ofMillis(500);

    private static final Duration COARSE_AFTER = Duration.ofSeconds(20);
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final AdminPage admin;
    private final Duration patience;
    private final PrintStream progress;
    private final List<Reading> seen = new ArrayList<>();

    Watch(AdminPage admin, Duration patience, PrintStream progress) {
        this.admin = admin;
        this.patience = patience;
        this.progress = progress;
    }

    /** What was seen since the last {@link #forget}, oldest first. */
    List<Reading> seen() {
        return seen;
    }

    void forget() {
        seen.clear();
    }

    /** One look, as soon as the controller answers. */
    Reading now() throws InterruptedException {
        return until("the controller tells its counts", _ -> true);
    }

    /**
     * Looks until it holds; returns the reading in which it did.
     *
     * @throws MeasurementFailed when nothing has moved for as long as the patience goes
     */
    Reading until(String what, Predicate<Reading> condition) throws InterruptedException {
        long begun = System.nanoTime();
        long moved = begun;
        long told = begun;
        Reading last = null;
        while (true) {
            Optional<Reading> read = admin.read();
            if (read.isPresent()) {
                Reading reading = read.get();
                seen.add(reading);
                if (condition.test(reading)) {
                    return reading;
                }
                if (last == null || hasMoved(last, reading)) {
                    moved = System.nanoTime();
                }
                last = reading;
            }
            if (Await.since(moved).compareTo(patience) > 0) {
                throw new MeasurementFailed("nothing moved for " + patience.toSeconds() + " s while waiting until "
                        + what + "; last seen: " + last);
            }
            if (last != null && Await.since(told).compareTo(TELL_EVERY) > 0) {
                told = System.nanoTime();
                progress.println(line(last, Await.since(begun)));
            }
            Thread.sleep(Await.since(begun).compareTo(COARSE_AFTER) > 0 ? COARSE_GRAIN : GRAIN);
        }
    }

    private static boolean hasMoved(Reading before, Reading after) {
        return before.ready() != after.ready()
                || before.lost() != after.lost()
                || before.coming() != after.coming()
                || before.healthy() != after.healthy()
                || before.ending() != after.ending()
                || before.acknowledged() != after.acknowledged();
    }

    private static String line(Reading now, Duration passed) {
        return String.format(
                Locale.ROOT,
                "%5d s  executors %d, coming %d, healthy %d, ending %d, orders open %d, acknowledged %d, inbox %d+%d",
                passed.toSeconds(),
                now.ready(),
                now.coming(),
                now.healthy(),
                now.ending(),
                now.ordersOpen(),
                now.acknowledged(),
                now.asksWaiting(),
                now.reportsWaiting());
    }

    /** The first reading of the end in which it holds throughout; it must hold in the last. */
    Reading sinceWhen(Predicate<Reading> condition) {
        int first = seen.size() - 1;
        while (first > 0 && condition.test(seen.get(first - 1))) {
            first--;
        }
        return seen.get(first);
    }

    /** Orders acknowledged a second, between a tenth and nine tenths of that many acknowledged since the first reading. */
    double sustainedRate(long orders) {
        long base = seen.getFirst().acknowledged();
        Reading from = firstWith(base + orders / 10);
        Reading to = firstWith(base + orders * 9 / 10);
        double seconds = (to.nanos() - from.nanos()) / 1e9;
        // So fast that it was never seen under way: the whole, in one grain.
        return seconds == 0 ? orders / (GRAIN.toNanos() / 1e9) : (to.acknowledged() - from.acknowledged()) / seconds;
    }

    private Reading firstWith(long acknowledged) {
        return seen.stream()
                .filter(reading -> reading.acknowledged() >= acknowledged)
                .findFirst()
                .orElse(seen.getLast());
    }

    /** The most orders acknowledged a second, over any second or little more. */
    double peakRate() {
        double peak = 0;
        int from = 0;
        for (int to = 1; to < seen.size(); to++) {
            while (seconds(from + 1, to) >= 1) {
                from++;
            }
            if (seconds(from, to) >= 1) {
                double orders = seen.get(to).acknowledged() - seen.get(from).acknowledged();
                peak = Math.max(peak, orders / seconds(from, to));
            }
        }
        return peak;
    }

    private double seconds(int from, int to) {
        return (seen.get(to).nanos() - seen.get(from).nanos()) / 1e9;
    }
}
