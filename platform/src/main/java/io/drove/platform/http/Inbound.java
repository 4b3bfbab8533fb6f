package io.drove.platform.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectTransportRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, with a deadline for everything that is waited for: Helidon's read timeout has no effect on channels. A request that
 * comes too slowly is refused with 408 wherever it is being read, one that ends too early with 400; a connection without a request ends without
 * a word. Used by the connection's thread alone.
 */
final class Inbound implements Supplier<byte @Nullable []> {
    /** What a client has while it says nothing, which may be long: most frames of executors fit. */
    private static final int BUFFER_MIN = 512;

    /** Of a body, which may come with its head, so much is not counted. */
    private static final int HEAD_BUFFER_MAX = 4 << 10;

    private static final int BUFFER_MAX = 32 << 10;
    /** What lines around chunks may take beyond the chunks themselves. */
    private static final long FRAMING_BYTES = 64 << 10;

    private final Socket socket;
    private final Patience patience;
    private final BodyLimits bodies;
    private final Semaphore bodyRoom;
    private final BooleanSupplier isRequestOver;
    private Phase phase = Phase.BETWEEN;
    /** The size of the next buffer. */
    private int buffer = BUFFER_MIN;

    private long deadline;
    private int bodyBytes;
    private long bodyBytesMax;

    /** What comes next. */
    private enum Phase {
        /** A request, or none any more. */
        BETWEEN,
        /** The rest of a request's head. */
        HEAD,
        /** The rest of its body. */
        BODY,
        /** Frames, from now on. */
        FRAMES
    }

    /**
     * Reads from a socket.
     *
     * @param terms the largest bodies; with its framing it may have twice as many bytes, and a client that sends more is refused, whoever reads it
     * @param isRequestOver asked when a body is being read: whether it is the next request that is asked for
     */
    Inbound(Socket socket, Terms terms, BooleanSupplier isRequestOver) {
        this.bodies = terms.bodies();
        this.bodyRoom = terms.bodyRoom();
        this.socket = socket;
        this.patience = terms.patience();
        this.isRequestOver = isRequestOver;
    }

    /** The first line of a request was read, with that path; of one that follows another closely, no byte may have been asked for. */
    void headFollows(String path) {
        bodyIsOver();
        bodyBytesMax = bodies.of(path);
        if (phase != Phase.HEAD) {
            begin();
        }
    }

    void bodyFollows() {
        phase = Phase.BODY;
    }

    /** What was read of a body, if any, is needed no more. */
    void bodyIsOver() {
        bodyRoom.release(bodyBytes);
        bodyBytes = 0;
    }

    void framesFollow() {
        phase = Phase.FRAMES;
    }

    private void begin() {
        phase = Phase.HEAD;
        deadline = System.nanoTime() + patience.request().toNanos();
    }

    /** The next bytes, at least one; null at the end. */
    @Override
    public byte @Nullable [] get() {
        if (phase == Phase.BODY && isRequestOver.getAsBoolean()) {
            bodyIsOver();
            phase = Phase.BETWEEN;
        }
        try {
            byte[] bytes = next();
            if (bytes.length == 0) {
                return ended();
            }
            if (phase == Phase.BETWEEN) {
                begin();
            } else if (phase == Phase.BODY) {
                count(bytes.length);
            }
            return bytes;
        } catch (SocketTimeoutException e) {
            throw late();
        } catch (IOException e) {
            throw new CloseConnectionException("the client is gone", e);
        }
    }

    /** The next bytes, none at the end. The more there were, the more room the next have; but nobody waits with much. */
    private byte[] next() throws IOException {
        boolean isThere = buffer == BUFFER_MIN || socket.getInputStream().available() > 0;
        boolean isCounted = phase == Phase.BODY || phase == Phase.FRAMES;
        byte[] bytes = new byte[isThere ? Math.min(buffer, isCounted ? BUFFER_MAX : HEAD_BUFFER_MAX) : BUFFER_MIN];
        int read = read(bytes, waitAtMost());
        if (read == bytes.length) {
            buffer = Math.min(4 * bytes.length, BUFFER_MAX);
            return bytes;
        }
        buffer = BUFFER_MIN;
        return Arrays.copyOf(bytes, Math.max(0, read));
    }

    private void count(int bytes) {
        if (!bodyRoom.tryAcquire(bytes)) {
            throw noRoom();
        }
        bodyBytes += bytes;
        if (bodyBytes > 2 * bodyBytesMax + FRAMING_BYTES) {
            // A chunk's size or trailer that never ends is read to its end by Helidon, into memory.
            throw refused(Status.REQUEST_ENTITY_TOO_LARGE_413, "the body never ends")
                    .build();
        }
    }

    private Duration waitAtMost() {
        return switch (phase) {
            case BETWEEN -> patience.idle();
            case HEAD, BODY -> {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                yield left.compareTo(patience.read()) < 0 ? left : patience.read();
            }
            case FRAMES -> patience.read();
        };
    }

    /**
     * Reads what is there, or waits for it.
     *
     * @return how many bytes, -1 at the end
     * @throws SocketTimeoutException if nothing comes in time
     */
    int read(byte[] into, Duration atMost) throws IOException {
        // Whole milliseconds, and 0 would wait forever.
        long millis = TimeUnit.NANOSECONDS.toMillis(atMost.toNanos()) + 1;
        if (atMost.isNegative()) {
            throw new SocketTimeoutException("the deadline has passed");
        }
        socket.setSoTimeout(Math.toIntExact(Math.min(millis, Integer.MAX_VALUE)));
        return socket.getInputStream().read(into);
    }

    private byte @Nullable [] ended() {
        return switch (phase) {
            case BETWEEN, FRAMES -> null;
            case HEAD, BODY ->
                throw refused(Status.BAD_REQUEST_400, "the connection ended before the request did")
                        .build();
        };
    }

    private RuntimeException late() {
        return switch (phase) {
            case BETWEEN -> new CloseConnectionException("no request came");
            case HEAD, BODY ->
                refused(Status.REQUEST_TIMEOUT_408, "the request did not arrive in time")
                        .build();
            case FRAMES -> new CloseConnectionException("no frame came within " + patience.read());
        };
    }

    private static RequestException noRoom() {
        return refused(Status.SERVICE_UNAVAILABLE_503, "Too many request bodies at once; try again")
                .header(HeaderValues.create(HeaderNames.RETRY_AFTER, "1"))
                .build();
    }

    private static RequestException.Builder refused(Status status, String why) {
        return RequestException.builder()
                .type(DirectHandler.EventType.BAD_REQUEST)
                .status(status)
                .request(DirectTransportRequest.create("HTTP/1.1", "", ""))
                .setKeepAlive(false)
                .message(why);
    }
}
