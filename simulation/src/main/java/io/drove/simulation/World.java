package io.drove.simulation;

import io.drove.model.app.OpSpec;
import io.drove.simulation.invariant.Referee;
import io.drove.simulation.invariant.Rest;
import io.drove.simulation.invariant.Violation;
import io.drove.simulation.load.Faults;
import io.drove.simulation.load.Workload;
import io.drove.simulation.node.SimulatedCluster;
import io.drove.simulation.time.Dice;
import io.drove.simulation.time.Timeline;
import io.drove.simulation.time.Trace;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One simulated cluster from its first start until it has come to rest after the last fault. */
public final class World {
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    /** L1 to L3 and L5 are owed within this time after the faults. */
    private static final Duration REST_WITHIN = Duration.ofMinutes(5);
    /**
     * For L2 there is one exception: RECOVER has no opSpec, so that its timeout is the default of five minutes without progress, and one that finds no room ends by it alone. A cluster at rest makes no more
     * progress, so it is owed within that timeout and some more.
     */
    private static final Duration LONG_OPERATIONS_WITHIN =
            OpSpec.DEFAULT.timeout().toDuration().plusSeconds(10);
    /** How long a cluster at rest is watched for moving without a reason. */
    private static final Duration CALM = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** So many looks in a row must find nothing missing: at first a leader that was paused shows an old picture. */
    private static final int LOOKS = 20;

    private final Scenario scenario;
    private final Trace trace = new Trace();
    private final Timeline timeline = new Timeline(trace);
    private final Referee referee = new Referee(timeline);
    private final SimulatedCluster cluster;
    private final Workload workload;
    private final Faults faults;

    public World(Scenario scenario) {
        this.scenario = scenario;
        Dice dice = new Dice(scenario.seed() ^ 0x5DEECE66DL);
        this.cluster = new SimulatedCluster(
                timeline,
                dice.split(),
                scenario.size(),
                scenario.seams(),
                new SimulatedCluster.Watchers(referee, referee, referee));
        this.workload = new Workload(cluster, dice.split(), scenario.operationPauseMax());
        this.faults = new Faults(cluster, dice.split(), scenario.faults(), scenario.faultPauseMax());
    }

    public Trace trace() {
        return trace;
    }

    /** Lives through everything, or until something is violated. */
    public Result run() {
        cluster.start();
        runUntil(WARM_UP.toNanos());
        faults.begin();
        workload.begin();
        runUntil(WARM_UP.plus(scenario.length()).toNanos());
        if (referee.violation() == null) {
            workload.end();
            faults.end();
            comeToRest();
        }
        return new Result(
                scenario,
                Optional.ofNullable(referee.violation()),
                timeline.now(),
                timeline.done(),
                trace.hash(),
                new Result.Counts(
                        workload.asked(),
                        referee.acceptedOperations(),
                        referee.placed(),
                        (int) referee.sequence(),
                        referee.skipped(),
                        referee.truth().epoch(),
                        referee.lostForNothing()),
                Map.copyOf(referee.seen()));
    }

    private void runUntil(long end) {
        boolean isDue = true;
        while (isDue && referee.violation() == null) {
            isDue = timeline.step(end);
        }
    }

    private void comeToRest() {
        Rest rest = new Rest(cluster, referee);
        await(() -> rest.missing(REST_WITHIN), REST_WITHIN);
        await(() -> rest.missing(LONG_OPERATIONS_WITHIN), LONG_OPERATIONS_WITHIN);
        int placed = referee.placed();
        int lost = referee.lostForNothing();
        runUntil(timeline.now() + CALM.toNanos());
        if (referee.violation() == null && (referee.placed() > placed || referee.lostForNothing() > lost)) {
            referee.violated("L1", "a cluster at rest moved: " + referee.lastMove(), "");
        }
    }

    /** Until nothing is missing for a while on end. */
    private void await(Supplier<Optional<Violation>> missing, Duration atMost) {
        long end = timeline.now() + atMost.toNanos();
        Optional<Violation> last = missing.get();
        int looks = 0;
        while (referee.violation() == null && looks < LOOKS && timeline.now() < end) {
            runUntil(timeline.now() + LOOK_EVERY.toNanos());
            last = missing.get();
            looks = last.isPresent() || !workload.isQuiet() ? 0 : looks + 1;
        }
        last.ifPresent(one -> referee.violated(one.invariant(), one.what(), one.subject()));
    }
}
