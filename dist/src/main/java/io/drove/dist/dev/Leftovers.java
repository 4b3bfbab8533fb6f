package io.drove.dist.dev;

import io.drove.dist.dev.ClusterRecord.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends the servers of a supervisor that was killed: nobody watches them any more. Called with the lock held, so that no supervisor lives. */
final class Leftovers {
    private static final long STOP_TIMEOUT_SECONDS = 10;

    private Leftovers() {}

    static void stop(DevDirectory directory, Progress progress) throws IOException, InterruptedException {
        Optional<ClusterRecord> record = ClusterRecord.read(directory.record());
        for (ServerProcess process : record.map(ClusterRecord::processes).orElse(List.of())) {
            Optional<ProcessHandle> alive = process.alive();
            if (alive.isPresent()) {
                progress.step("stopping the " + process.name() + " (process " + process.pid()
                        + ") of a run that did not end properly");
                stop(alive.get());
            }
        }
        ClusterRecord.remove(directory);
    }

    /** Asks it to end, and makes it after ten seconds. */
    static void stop(ProcessHandle process) throws InterruptedException {
        process.destroy();
        if (!isGone(process)) {
            process.destroyForcibly();
            isGone(process);
        }
    }

    private static boolean isGone(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for process " + process.pid(), e);
        }
    }
}
