package io.drove.executor.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls to the engine over kept-open connections. A call that has not ended at its deadline is ended by closing its connection: a unix socket
 * has no read timeout.
 */
final class EngineHttp implements AutoCloseable {
    private static final int IDLE_MAX = 16;
    private static final int BODY_BYTES_MAX = 64 * 1024 * 1024;

    /** Reads an answer's body. */
    @FunctionalInterface
    interface Reader<T> {
        T read(HttpHead head, InputStream body) throws IOException, EngineException;
    }

    private final Path socket;
    private final ConcurrentLinkedDeque<EngineConnection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private final ScheduledThreadPoolExecutor deadlines;

    EngineHttp(Path socket) {
        this.socket = socket;
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("engine-deadlines").daemon().factory());
        this.deadlines.setRemoveOnCancelPolicy(true);
    }

    /** A call whose answer is small. */
    EngineAnswer call(EngineRequest request, Duration timeout) throws EngineException {
        return call(request, timeout, (head, body) -> {
            byte[] bytes = body.readNBytes(BODY_BYTES_MAX);
            return new EngineAnswer(head.status(), new String(bytes, StandardCharsets.UTF_8));
        });
    }

    /** A call whose answer is read as it comes. */
    <T> T call(EngineRequest request, Duration timeout, Reader<T> reader) throws EngineException {
        EngineConnection kept = takeIdle();
        while (true) {
            try {
                return run(kept == null ? open() : kept, request, timeout, reader);
            } catch (StaleConnection e) {
                if (kept == null) {
                    throw new EngineException(
                            EngineException.Code.BROKEN, true, describe(request) + " was not answered");
                }
                // The engine closed it while it was idle: the next one is tried.
                kept = takeIdle();
            }
        }
    }

    private <T> T run(EngineConnection connection, EngineRequest request, Duration timeout, Reader<T> reader)
            throws EngineException, StaleConnection {
        AtomicBoolean isLate = new AtomicBoolean();
        ScheduledFuture<?> watch;
        try {
            watch = deadlines.schedule(
                    () -> {
                        isLate.set(true);
                        connection.close();
                    },
                    Math.min(timeout.toMillis(), Long.MAX_VALUE / 2),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            connection.close();
            throw new EngineException(EngineException.Code.FAILED, true, "this executor talks to the engine no more");
        }
        boolean isAnswered = false;
        try {
            connection.send(request);
            HttpHead head = connection.readHead();
            isAnswered = true;
            InputStream body = connection.body(head);
            T result = reader.read(head, body);
            keep(connection, body);
            return result;
        } catch (ClosedByInterruptException e) {
            connection.close();
            throw new EngineException(EngineException.Code.BROKEN, true, describe(request) + " was given up");
        } catch (IOException e) {
            connection.close();
            if (isLate.get()) {
                throw new EngineException(
                        EngineException.Code.TIMEOUT,
                        true,
                        "The engine did not answer within " + timeout.toMillis() + " ms: " + describe(request));
            }
            if (!isAnswered) {
                throw new StaleConnection();
            }
            throw new EngineException(
                    EngineException.Code.BROKEN, true, describe(request) + " broke off: " + e.getMessage());
        } catch (EngineException | RuntimeException e) {
            connection.close();
            throw e;
        } finally {
            watch.cancel(false);
        }
    }

    private static String describe(EngineRequest request) {
        int query = request.path().indexOf('?');
        return request.method() + " "
                + (query < 0 ? request.path() : request.path().substring(0, query));
    }

    private void keep(EngineConnection connection, InputStream body) throws IOException {
        boolean isAtEnd = connection.isReusable() && body.read() < 0;
        if (isAtEnd && connection.isReusable() && idleCount.get() < IDLE_MAX) {
            idleCount.incrementAndGet();
            idle.push(connection);
        } else {
            connection.close();
        }
    }

    private @Nullable EngineConnection takeIdle() {
        EngineConnection kept = idle.poll();
        if (kept != null) {
            idleCount.decrementAndGet();
        }
        return kept;
    }

    private EngineConnection open() throws EngineException {
        try {
            return EngineConnection.open(socket);
        } catch (IOException e) {
            if (Files.exists(socket)) {
                throw new EngineException(
                        EngineException.Code.DEAD,
                        true,
                        "The engine's socket " + socket + " is there, but nobody answers: the engine is dead ("
                                + e.getMessage() + ")");
            }
            throw new EngineException(
                    EngineException.Code.ABSENT, true, "There is no engine socket " + socket + ": " + whatIsMissing());
        }
    }

    private static String whatIsMissing() {
        if (isExecutable("/usr/bin/dockerd", "/usr/sbin/dockerd", "/usr/local/bin/dockerd")) {
            return "Docker is installed, but has not been started, or listens elsewhere";
        }
        return isExecutable("/usr/bin/podman")
                ? "Podman is installed, but its service has not been started, or listens elsewhere"
                : "Docker is not installed";
    }

    private static boolean isExecutable(String... programs) {
        return List.of(programs).stream().anyMatch(program -> Files.isExecutable(Path.of(program)));
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        for (EngineConnection kept = idle.poll(); kept != null; kept = idle.poll()) {
            kept.close();
        }
    }

    /** The connection ended before a byte of an answer came. */
    private static final class StaleConnection extends Exception {
        private static final long serialVersionUID = 1;

        StaleConnection() {
            super(null, null, false, false);
        }
    }
}
