package io.drove.executor.logs;

import io.drove.executor.container.ContainerEngine;
import io.drove.executor.container.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies the output of running containers, one virtual thread each. */
public final class LogKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogKeeper.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** What a container says in the beginning is kept by the engine: until it is ready, the machine is left to it. */
    private static final Duration HEAD_START = Duration.ofMillis(300);

    private final ContainerEngine engine;
    private final LogSettings settings;
    private final ConcurrentHashMap<String, Thread> followers = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    public LogKeeper(ContainerEngine engine, LogSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /** Follows the container until it ends; also across restarts of the engine. A second call for the same one does nothing. */
    public void follow(String app, String instance, String container) {
        Path folder = settings.directory().resolve(app).resolve(instance);
        followers.computeIfAbsent(
                container, name -> Thread.ofVirtual().name("log-" + name).start(() -> run(folder, name)));
    }

    /** Waits until the output of a container that ended is copied, but not longer than that. */
    public void settle(String container, Duration patience) throws InterruptedException {
        Thread follower = followers.get(container);
        if (follower == null) {
            return;
        }
        LockSupport.unpark(follower);
        if (!follower.join(patience)) {
            follower.interrupt();
        }
    }

    /** The folders that are being written, for who tidies up. */
    boolean isFollowed(String app, String instance) {
        return followers.containsKey(app + "-" + instance);
    }

    private void run(Path folder, String container) {
        try (OutputFile file = new OutputFile(folder, settings.fileBytesMax(), settings.filesMax())) {
            LockSupport.parkNanos(this, HEAD_START.toNanos());
            boolean isDone = false;
            while (!isDone && !isClosed) {
                isDone = follow(file, container);
                if (!isDone) {
                    Thread.sleep(RETRY);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("output is not copied container={} reason={}", container, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            followers.remove(container, Thread.currentThread());
        }
    }

    /** Whether there is nothing more to come. */
    private boolean follow(OutputFile file, String container) throws InterruptedException {
        try {
            engine.followOutput(container, file.position(), file);
            return !isRunning(container);
        } catch (EngineException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return !e.isEngineAway();
        }
    }

    private boolean isRunning(String container) {
        try {
            return engine.inspect(container).filter(state -> state.isRunning()).isPresent();
        } catch (EngineException e) {
            return e.isEngineAway();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        followers.values().forEach(Thread::interrupt);
    }
}
