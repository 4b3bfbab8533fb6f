package io.drove.dist.dev;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One server process, started again whenever it dies until it is told to stop. */
final class Server {
    private static final int NOT_STARTED = -1;

    private final String name;
    private final Command command;
    private final Duration stopTimeout;
    private final Listener listener;
    private final Backoff backoff = new Backoff();

    // Guarded by this.
    private @Nullable Process process;
    private boolean isStopping;

    /** Says how the process is made. */
    interface Command {
        ProcessBuilder builder() throws IOException;
    }

    /** Hears of every start and end. Called by the server's own thread. */
    interface Listener {
        void started(String name, ProcessHandle process);

        void ended(String name, int exitCode, Duration wait);
    }

    /**
     * A server that does not run yet.
     *
     * @param command makes the process, at every start anew
     * @param stopTimeout how long after TERM it gets KILL
     */
    Server(String name, Command command, Duration stopTimeout, Listener listener) {
        this.name = name;
        this.command = command;
        this.stopTimeout = stopTimeout;
        this.listener = listener;
    }

    /** Starts it, and a thread that keeps it running. */
    void start() throws IOException {
        Process first = launch().orElseThrow();
        Thread.ofPlatform().name("watch-" + name).daemon().start(() -> keepRunning(first));
    }

    /** Stops it for good; returns when it is gone. */
    void stop() throws InterruptedException {
        Process running;
        synchronized (this) {
            isStopping = true;
            notifyAll();
            running = process;
        }
        if (running != null) {
            running.destroy();
            if (!running.waitFor(stopTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly().waitFor(stopTimeout.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void keepRunning(Process first) {
        Optional<Process> current = Optional.of(first);
        try {
            do {
                long start = System.nanoTime();
                int exitCode = current.isPresent() ? current.get().waitFor() : NOT_STARTED;
                Duration wait = backoff.after(Duration.ofNanos(System.nanoTime() - start));
                if (!pause(exitCode, wait)) {
                    return;
                }
                current = tryLaunch();
            } while (true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits unless told to stop; says whether to go on. */
    private boolean pause(int exitCode, Duration wait) throws InterruptedException {
        synchronized (this) {
            if (isStopping) {
                return false;
            }
        }
        listener.ended(name, exitCode, wait);
        long end = System.nanoTime() + wait.toNanos();
        synchronized (this) {
            for (long left = wait.toMillis(); left > 0 && !isStopping; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
            return !isStopping;
        }
    }

    /** Nothing if the system cannot start a process just now. */
    private Optional<Process> tryLaunch() {
        try {
            return launch();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<Process> launch() throws IOException {
        Process started;
        synchronized (this) {
            if (isStopping) {
                return Optional.empty();
            }
            started = command.builder().start();
            process = started;
        }
        listener.started(name, started.toHandle());
        return Optional.of(started);
    }
}
