package io.drove.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that ask and do not read what they are told: they are cut off, and keep nobody else from an answer. */
@Timeout(60)
class UnreadAnswersTest {
    // More than the kernel takes for a client that reads nothing.
    private static final int BYTES = 32 << 20;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String ASK = "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final Semaphore ended = new Semaphore(0);
    private final List<Socket> clients = new ArrayList<>();
    private HttpServer server = HttpServer.builder("unused").start();

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        server.close();
    }

    @Test
    void an_answer_that_is_not_read_ends_with_the_connection_after_the_write_timeout() throws Exception {
        start(Duration.ofMillis(300), handler -> handler);

        Socket client = ask();

        assertThat(ended.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        assertThat(readToTheEnd(client)).isLessThan(BYTES);
    }

    @Test
    void requests_in_a_row_whose_refusals_are_not_read_end_with_the_connection() throws Exception {
        start(Duration.ofMillis(300), handler -> handler);
        Socket client = connect();
        byte[] requests =
                "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);

        // As many as go into the buffers in between, until nothing moves; then the connection is cut.
        assertThat(sendUntilCut(client, requests)).isTrue();
    }

    @Test
    void a_large_answer_that_is_not_read_keeps_nobody_from_another() throws Exception {
        start(LONG, new LargeAnswers(1, Duration.ofSeconds(5), 2 * BYTES)::limit);
        Socket idle = ask();
        assertThat(idle.getInputStream().read()).isEqualTo('H');

        assertThat(status(ask())).isEqualTo("HTTP/1.1 200");
    }

    @Test
    void only_so_many_bytes_wait_for_who_does_not_read() throws Exception {
        start(LONG, new LargeAnswers(1, Duration.ofMillis(50), BYTES + BYTES / 2)::limit);
        for (int i = 0; i < 2; i++) {
            assertThat(status(ask())).isEqualTo("HTTP/1.1 200");
        }

        assertThat(status(ask())).isEqualTo("HTTP/1.1 503");
    }

    @Test
    void the_room_of_an_answer_that_is_over_is_free_again() throws Exception {
        start(LONG, new LargeAnswers(1, Duration.ofSeconds(5), 2 * BYTES + BYTES / 2)::limit);
        for (int i = 0; i < 4; i++) {
            Socket client = ask();
            assertThat(status(client)).isEqualTo("HTTP/1.1 200");
            client.close();
            assertThat(ended.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(status(ask())).isEqualTo("HTTP/1.1 200");
        assertThat(status(ask())).isEqualTo("HTTP/1.1 200");
    }

    private void start(Duration writeTimeout, Limit limit) {
        server.close();
        byte[] large = new byte[BYTES];
        server = HttpServer.builder("test")
                .writeTimeout(writeTimeout)
                .stopTimeout(Duration.ZERO)
                .routes(routes -> routes.get("/large", limit.on((request, response) -> {
                    try {
                        response.send(large);
                    } finally {
                        ended.release();
                    }
                })))
                .start();
    }

    private interface Limit {
        Handler on(Handler handler);
    }

    private Socket ask() throws IOException {
        Socket client = connect();
        client.getOutputStream().write(ASK.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private Socket connect() throws IOException {
        Socket client = new Socket();
        clients.add(client);
        client.setSoTimeout(20_000);
        client.setReceiveBufferSize(4_096);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        return client;
    }

    private static String status(Socket client) throws IOException {
        return new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }

    private static long readToTheEnd(Socket client) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long bytes = 0;
        InputStream in = client.getInputStream();
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
        } catch (SocketException reset) {
            return bytes;
        }
        return bytes;
    }

    /** Whether the server ends the connection of a client that only sends, before the client does. */
    private static boolean sendUntilCut(Socket client, byte[] requests) throws IOException {
        CompletableFuture.delayedExecutor(20, TimeUnit.SECONDS).execute(() -> close(client));
        try {
            while (true) {
                client.getOutputStream().write(requests);
            }
        } catch (SocketException cut) {
            return !client.isClosed();
        }
    }

    private static void close(Socket client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
