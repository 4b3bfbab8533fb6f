package io.drove.core.state;

import io.drove.model.time.TimeSpan;

/**
 * Every limit of the deciding half, with its reason. Times in nanoseconds.
 *
 * @param lostAfter silence of an executor until it is lost; 7 s are three heartbeats and a half, sooner than any peer
 * @param restartGrace the same for one that announced a restart: an upgrade takes up to a minute, and moving work is dearer
 * @param electionGrace after an election, or a pause of our own, nobody is lost before this: executors have to find the leader first, and a dial
 *     that nobody answers takes them 10 s
 * @param pause a gap between two decisions that says that we were paused ourselves, so that others' silence proves nothing
 * @param givenUpPerSecondMin instances of lost executors that are given up a second, at least; see {@link #givenUpPerSecond}
 * @param recoveryParallelism starts at once of an app that recovers without an operation
 * @param backOffMin first pause after a repeated failure of an app's starts; doubles each time
 * @param backOffMax the longest such pause
 * @param stable healthy for so long, an instance that fails does not count as a failed start
 * @param startSlack what an instance may take beyond its own pull timeout and check budgets until it is healthy
 * @param stopRetry after so long without an end, a stop is sent again
 * @param endedPerApp ended instances remembered per app; the original's default
 * @param operationsPerApp operations remembered per app
 * @param operationsOfGoneApps operations remembered of apps that are gone
 * @param instancesPerApp instances one app may want; the original's limit
 * @param appsMax apps in a cluster; far above the largest known
 * @param specBytesMax memory that the specs of all apps may take together, see {@link SpecSize}: they are in memory as long as there are apps, at each start too.
 *     Enough for apps of ordinary size in such a number that something else is the limit
 * @param actsPerDecision placements and stops of one decision, so that questions are taken in between
 * @param executorShown lost executors are shown for so long; the original's two days
 */
public record Limits(
        long lostAfter,
        long restartGrace,
        long electionGrace,
        long pause,
        int givenUpPerSecondMin,
        int recoveryParallelism,
        long backOffMin,
        long backOffMax,
        long stable,
        long startSlack,
        long stopRetry,
        int endedPerApp,
        int operationsPerApp,
        int operationsOfGoneApps,
        int instancesPerApp,
        int appsMax,
        long specBytesMax,
        int actsPerDecision,
        long executorShown) {
    public static final Limits DEFAULT = new Limits(
            seconds(7),
            seconds(60),
            seconds(30),
            seconds(3),
            200,
            512,
            seconds(1),
            seconds(60),
            seconds(30),
            seconds(30),
            seconds(30),
            100,
            20,
            1_000,
            2_048,
            200_000,
            256L << 20,
            64,
            seconds(2 * 24 * 3600));

    /** The same with another limit of specs. It says what is admitted, not what is remembered: peers may differ in it. */
    public Limits withSpecBytesMax(long bytes) {
        return new Limits(
                lostAfter,
                restartGrace,
                electionGrace,
                pause,
                givenUpPerSecondMin,
                recoveryParallelism,
                backOffMin,
                backOffMax,
                stable,
                startSlack,
                stopRetry,
                endedPerApp,
                operationsPerApp,
                operationsOfGoneApps,
                instancesPerApp,
                appsMax,
                bytes,
                actsPerDecision,
                executorShown);
    }

    private static long seconds(long seconds) {
        return TimeSpan.ofSeconds(seconds).toNanos();
    }

    /** Instances of lost executors given up a second in a cluster with that many: a fiftieth of all, so that any loss is over soon. */
    public int givenUpPerSecond(int instances) {
        return Math.max(givenUpPerSecondMin, instances / 50);
    }
}
