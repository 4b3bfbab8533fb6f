package io.drove.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Looks again and again which instances are healthy, and keeps the lowest number. The controller has to answer each time. */
final class FewestHealthy {
    private static final Duration INTERVAL = Duration.ofMillis(30);

    private final Thread thread;
    private volatile boolean over;
    private volatile @Nullable Throwable failure;
    private int fewest = Integer.MAX_VALUE;
    private int changes;

    /**
     * What was seen.
     *
     * @param changes how often a look found others than the look before: whoever looks too seldom sees few of them
     */
    record Seen(int fewest, int changes) {}

    FewestHealthy(DevClusterFixture cluster, String appId) {
        thread = Thread.ofPlatform().name("fewest-healthy").start(() -> {
            try {
                look(cluster, appId);
            } catch (RuntimeException | Error failed) {
                failure = failed;
            }
        });
    }

    private void look(DevClusterFixture cluster, String appId) {
        List<String> before = cluster.healthyIds(appId);
        fewest = before.size();
        while (!over) {
            LockSupport.parkNanos(INTERVAL.toNanos());
            List<String> healthy = cluster.healthyIds(appId);
            changes += healthy.equals(before) ? 0 : 1;
            fewest = Math.min(fewest, healthy.size());
            before = healthy;
        }
    }

    /** Looks no more, and returns what was seen; fails if a look has failed. */
    Seen end() throws InterruptedException {
        over = true;
        thread.join();
        assertThat(failure).as("a look that failed").isNull();
        return new Seen(fewest, changes);
    }
}
