package io.drove.platform.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process that is started again when it ends, until it is stopped. The wait before a new start doubles from
 * {@code backoffMin} to {@code backoffMax}, and begins anew after a run of {@code backoffMax}.
 */
public final class Supervised implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervised.class);

    /**
     * What to run and how.
     *
     * @param name for messages
     * @param arguments the program and its arguments
     * @param environment added to this process' own
     * @param log both output streams are appended here
     * @param backoffMin the first wait before a new start
     * @param backoffMax the longest
     * @param stopTimeout how long after TERM it gets KILL
     */
    public record Spec(
            String name,
            List<String> arguments,
            Map<String, String> environment,
            Path log,
            Duration backoffMin,
            Duration backoffMax,
            Duration stopTimeout) {
        public Spec {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
            if (!backoffMin.isPositive() || backoffMax.compareTo(backoffMin) < 0) {
                throw new IllegalArgumentException("backoffMin must be positive and at most backoffMax");
            }
        }
    }

    private final Spec spec;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread loop;
    private @Nullable Process process;
    private boolean isStopping;
    private int starts;

    /**
     * Starts the child.
     *
     * @throws IOException if it cannot be started at all
     */
    public Supervised(Spec spec) throws IOException {
        this.spec = spec;
        launch();
        this.loop = Thread.ofVirtual().name("supervise " + spec.name()).start(this::supervise);
    }

    /** The process id, while it runs. */
    public OptionalLong pid() {
        lock.lock();
        try {
            return process != null && process.isAlive() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    /** How often it was started. */
    public int starts() {
        lock.lock();
        try {
            return starts;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it was started so many times, or the timeout; says whether it was. */
    public boolean awaitStarts(int count, Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (starts < count && left > 0) {
                left = changed.awaitNanos(left);
            }
            return starts >= count;
        } finally {
            lock.unlock();
        }
    }

    /** Stops it for good: TERM, and KILL after the stop timeout. */
    @Override
    public void close() {
        @Nullable Process last;
        lock.lock();
        try {
            isStopping = true;
            changed.signalAll();
            last = process;
        } finally {
            lock.unlock();
        }
        try {
            if (last != null) {
                terminate(last);
            }
            loop.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void terminate(Process last) throws InterruptedException {
        last.destroy();
        if (!last.waitFor(spec.stopTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.warn(
                    "process ignored TERM and gets KILL name={} pid={} after={}",
                    spec.name(),
                    last.pid(),
                    spec.stopTimeout());
            last.destroyForcibly().waitFor();
        }
    }

    private void supervise() {
        Duration wait = spec.backoffMin();
        try {
            while (true) {
                long began = System.nanoTime();
                awaitEnd();
                boolean wasStable =
                        System.nanoTime() - began >= spec.backoffMax().toNanos();
                wait = wasStable ? spec.backoffMin() : wait;
                if (isStoppedWithin(wait)) {
                    return;
                }
                wait = min(wait.multipliedBy(2), spec.backoffMax());
                relaunch();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd() throws InterruptedException {
        @Nullable Process current;
        lock.lock();
        try {
            current = process;
        } finally {
            lock.unlock();
        }
        if (current != null) {
            int code = current.waitFor();
            LOG.info("process ended name={} pid={} code={}", spec.name(), current.pid(), code);
        }
    }

    private boolean isStoppedWithin(Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (!isStopping && left > 0) {
                left = changed.awaitNanos(left);
            }
            return isStopping;
        } finally {
            lock.unlock();
        }
    }

    private void relaunch() {
        try {
            launch();
        } catch (IOException e) {
            LOG.warn("process cannot be started name={} problem=\"{}\"", spec.name(), e.getMessage());
        }
    }

    private void launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(spec.arguments())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        builder.environment().putAll(spec.environment());
        lock.lock();
        try {
            // Under the lock: a stop sees either no new process or the one to end.
            if (!isStopping) {
                process = builder.start();
                starts++;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
