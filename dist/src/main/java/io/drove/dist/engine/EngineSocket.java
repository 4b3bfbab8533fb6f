package io.drove.dist.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Requests to a container engine over its unix socket, one connection each. HTTP/1.0, so that an answer ends with the connection
 * and is never chunked.
 */
public final class EngineSocket {
    private static final int ANSWER_BYTES_MAX = 16 * 1024 * 1024;
    private static final ScheduledExecutorService TIMEOUTS = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("engine-timeouts").factory());

    private final Path path;

    public EngineSocket(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** An answer: its status, and its body as text. */
    public record Answer(int status, String body) {
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    public Answer get(String target, Duration timeout) throws IOException {
        return send("GET", target, new byte[0], timeout);
    }

    /**
     * Sends one request and reads the whole answer.
     *
     * @param body sent as {@code application/x-tar}; may be empty
     * @throws SocketTimeoutException if the answer is not complete in time
     */
    public Answer send(String method, String target, byte[] body, Duration timeout) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            ScheduledFuture<?> alarm =
                    TIMEOUTS.schedule(() -> close(channel), timeout.toMillis(), TimeUnit.MILLISECONDS);
            try {
                write(channel, head(method, target, body.length));
                write(channel, body);
                return parse(readAll(channel));
            } catch (AsynchronousCloseException e) {
                SocketTimeoutException timedOut = new SocketTimeoutException(
                        method + " " + target + " at " + path + ": no answer within " + timeout.toSeconds() + " s");
                timedOut.initCause(e);
                throw timedOut;
            } finally {
                alarm.cancel(false);
            }
        }
    }

    private static byte[] head(String method, String target, int length) {
        String type = length > 0 ? "Content-Type: application/x-tar\r\n" : "";
        return (method + " " + target + " HTTP/1.0\r\nHost: engine\r\n" + type + "Content-Length: " + length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static byte[] readAll(SocketChannel channel) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        while (channel.read(buffer) >= 0) {
            answer.write(buffer.array(), 0, buffer.position());
            buffer.clear();
            if (answer.size() > ANSWER_BYTES_MAX) {
                throw new IOException("the engine's answer is longer than " + ANSWER_BYTES_MAX + " bytes");
            }
        }
        return answer.toByteArray();
    }

    private Answer parse(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int headEnd = text.indexOf("\r\n\r\n");
        String[] statusLine =
                text.substring(0, Math.max(0, text.indexOf("\r\n"))).split(" ", 3);
        if (headEnd < 0 || statusLine.length < 2 || !statusLine[1].matches("\\d{3}")) {
            throw new IOException("what listens at " + path + " does not speak HTTP");
        }
        return new Answer(Integer.parseInt(statusLine[1]), text.substring(headEnd + 4));
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing a socket failed", e);
        }
    }
}
