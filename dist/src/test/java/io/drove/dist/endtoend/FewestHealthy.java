package io.drove.dist.endtoend;

import io.drove.client.CallFailedException;
import java.time.Duration;

/** Looks again and again how many instances are healthy, and keeps the lowest number. */
final class FewestHealthy {
    private static final Duration INTERVAL = Duration.ofMillis(30);

    private final Thread thread;
    private volatile int fewest = Integer.MAX_VALUE;

    FewestHealthy(DevClusterFixture cluster, String appId) {
        thread = Thread.ofPlatform().name("fewest-healthy").start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    fewest = Math.min(fewest, cluster.healthy(appId).size());
                } catch (CallFailedException e) {
                    // Nobody answered: that tells nothing of the instances, so look again.
                } finally {
                    java.util.concurrent.locks.LockSupport.parkNanos(INTERVAL.toNanos());
                }
            }
        });
    }

    /** Looks no more, and returns the lowest number seen. */
    int end() throws InterruptedException {
        thread.interrupt();
        thread.join();
        return fewest;
    }
}
