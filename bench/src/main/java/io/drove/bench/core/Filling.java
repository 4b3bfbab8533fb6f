package io.drove.bench.core;

import io.drove.bench.figure.Samples;
import io.drove.core.contract.Change;
import io.drove.core.placement.Request;
import java.util.Arrays;
import java.util.List;

/** One cluster that is filled, app after app, with the time of each decision. An app that is refused makes room for the next one. */
final class Filling {
    private final Placing placing;
    private final List<Request> requests;
    private final int perApp;
    private int app;
    private int ofApp;
    private long coresUsed;

    /** Places {@code perApp} instances of the first app, then of the second, and after the last one of the first again. */
    Filling(Placing placing, List<Request> requests, int perApp) {
        this.placing = placing;
        this.requests = List.copyOf(requests);
        this.perApp = perApp;
    }

    /**
     * What it took to fill a stretch.
     *
     * @param nanos of each decision, also of those that ended in a refusal with its explanation
     * @param processorSeconds of the thread, for decisions and their index
     */
    record Taken(long[] nanos, int refused, double processorSeconds, long coresUsed) {
        int placed() {
            return nanos.length - refused;
        }

        double placedPerSecond() {
            return placed() / processorSeconds;
        }

        Samples micros() {
            return new Samples(Arrays.stream(nanos).mapToObj(nano -> nano / 1e3).toList());
        }
    }

    /** Goes on until so many cores are used, or no app has a place any more. */
    Taken until(long cores) {
        long[] nanos = new long[1 << 10];
        int decided = 0;
        int refused = 0;
        int refusedInARow = 0;
        long processor = ProcessorClock.nanos();
        while (coresUsed < cores && refusedInARow < requests.size()) {
            Request request = requests.get(app);
            long start = System.nanoTime();
            Change.InstancePlaced fact = placing.decide(request);
            if (decided == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * decided);
            }
            nanos[decided] = System.nanoTime() - start;
            decided++;
            ofApp++;
            if (fact == null) {
                refused++;
                refusedInARow++;
            } else {
                placing.record(fact);
                coresUsed += request.cores();
                refusedInARow = 0;
            }
            if (fact == null || ofApp == perApp) {
                app = (app + 1) % requests.size();
                ofApp = 0;
            }
        }
        double processorSeconds = Math.max(ProcessorClock.nanos() - processor, 1) / 1e9;
        return new Taken(Arrays.copyOf(nanos, decided), refused, processorSeconds, coresUsed);
    }

    /** So many decisions on a request that has no place, each with its explanation. */
    Taken refusals(Request request, int count) {
        long[] nanos = new long[count];
        long processor = ProcessorClock.nanos();
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            placing.decide(request);
            nanos[i] = System.nanoTime() - start;
        }
        return new Taken(nanos, count, Math.max(ProcessorClock.nanos() - processor, 1) / 1e9, coresUsed);
    }
}
