package io.drove.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that keep a server waiting: each wait has an end, and an answer where a request had begun. */
@Timeout(60)
class SlowClientTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String LINE = "POST /echo HTTP/1.1\r\n";
    private static final String HEAD = LINE + "Host: localhost\r\nContent-Length: 100\r\n\r\n";

    private HttpServer server = HttpServer.builder("unused").start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_body_that_stops_arriving_gets_408_in_an_envelope_and_a_close() throws Exception {
        start(new Patience(LONG, SHORT, LONG));

        assertThat(talk(HEAD + "0123456789"))
                .startsWith("HTTP/1.1 408")
                .containsIgnoringCase("Connection: close")
                .endsWith("{\"status\":\"FAILED\",\"message\":"
                        + "\"The request did not arrive in time: it may pause for 0.3 s and take 600 s in all\"}");
    }

    @Test
    void a_chunks_size_that_never_ends_gets_413_before_it_fills_the_memory() throws Exception {
        start(new Patience(LONG, Duration.ofSeconds(3), LONG));

        try (Client client = new Client(server.port())) {
            client.say(LINE + "Host: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            // Twice the largest body of 1 MiB, and a little.
            for (int i = 0; i < 40; i++) {
                client.say("1".repeat(64 << 10));
            }

            assertThat(client.hearAll()).startsWith("HTTP/1.1 413").containsIgnoringCase("Connection: close");
        }
    }

    @Test
    void a_chunk_that_stops_arriving_gets_408() throws Exception {
        start(new Patience(LONG, SHORT, LONG));

        assertThat(talk(LINE + "Host: localhost\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n0123456789"))
                .startsWith("HTTP/1.1 408");
    }

    @Test
    void a_head_that_stops_arriving_gets_408() throws Exception {
        start(new Patience(LONG, SHORT, LONG));

        assertThat(talk("POST /ec")).startsWith("HTTP/1.1 408").contains("did not arrive in time");
        assertThat(talk(LINE + "Host: localhost\r\nA: "))
                .startsWith("HTTP/1.1 408")
                .contains("did not arrive in time");
    }

    @Test
    void a_body_that_drips_gets_408_when_the_time_for_a_request_is_over() throws Exception {
        start(new Patience(LONG, LONG, SHORT));

        assertThat(drip(HEAD, "x")).startsWith("HTTP/1.1 408").contains("take 0.3 s in all");
    }

    @Test
    void a_head_that_drips_gets_408_when_the_time_for_a_request_is_over() throws Exception {
        start(new Patience(LONG, LONG, SHORT));

        assertThat(drip("", "G")).startsWith("HTTP/1.1 408");
        assertThat(drip(LINE, "A: b\r\n")).startsWith("HTTP/1.1 408");
    }

    @Test
    void each_request_of_a_connection_has_its_own_time() throws Exception {
        start(new Patience(LONG, LONG, Duration.ofSeconds(1)));
        String whole = LINE + "Host: localhost\r\nContent-Length: 1\r\n\r\nx";

        try (Client client = new Client(server.port())) {
            for (int i = 0; i < 2; i++) {
                client.say(whole);
                assertThat(client.hearUntil("1 bytes")).startsWith("HTTP/1.1 200");
                assertThat(client.hearsNothingFor(Duration.ofMillis(800))).isTrue();
            }
            // Two at once: of the second no byte is waited for when it begins.
            client.say(whole + HEAD + "x");
            assertThat(client.hearAll()).contains("1 bytes").contains("HTTP/1.1 408");
        }
    }

    @Test
    void a_handler_may_take_longer_than_a_client() throws Exception {
        Duration shorter = Duration.ofSeconds(1);
        start(new Patience(shorter, shorter, shorter));

        assertThat(talk("GET /long HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void a_connection_without_a_request_ends_without_a_word() throws Exception {
        start(new Patience(Duration.ofSeconds(1), LONG, LONG));

        assertThat(talk("")).isEmpty();
        assertThat(talk("GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n")).endsWith("done");
    }

    @Test
    void a_request_that_ends_too_early_gets_400() throws Exception {
        start(new Patience(LONG, LONG, LONG));

        for (String part : new String[] {"POST /ec", LINE + "Host: localhost\r\n", HEAD + "0123456789"}) {
            try (Client client = new Client(server.port())) {
                client.say(part);
                client.sayNoMore();
                assertThat(client.hearAll()).startsWith("HTTP/1.1 400").contains("\"status\":\"FAILED\"");
            }
        }
    }

    private void start(Patience patience) {
        server.close();
        server = HttpServer.builder("test")
                .idleTimeout(patience.idle())
                .readTimeout(patience.read())
                .requestTimeout(patience.request())
                .routes(routes -> routes.post(
                                "/echo",
                                (request, response) ->
                                        response.send(request.content().as(byte[].class).length + " bytes"))
                        .get("/long", (request, response) -> {
                            assertThat(new CountDownLatch(1).await(1_500, TimeUnit.MILLISECONDS))
                                    .isFalse();
                            response.send("done");
                        }))
                .start();
    }

    /** All that the server says until it ends the connection. */
    private String talk(String words) throws IOException {
        try (Client client = new Client(server.port())) {
            client.say(words);
            return client.hearAll();
        }
    }

    /** Says a little now and then, until the server says something: all that it says until it ends the connection. */
    private String drip(String first, String drop) throws IOException {
        try (Client client = new Client(server.port())) {
            client.say(first);
            do {
                client.say(drop);
            } while (client.hearsNothingFor(Duration.ofMillis(20)));
            return client.hearAll();
        }
    }

    /** Bytes over a socket, as nobody's library would send them. */
    private static final class Client implements AutoCloseable {
        private static final int DEADLINE_MILLIS = 30_000;
        private final Socket socket;
        private final PushbackInputStream in;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(DEADLINE_MILLIS);
            in = new PushbackInputStream(socket.getInputStream());
        }

        void say(String words) throws IOException {
            socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
        }

        void sayNoMore() throws IOException {
            socket.shutdownOutput();
        }

        String hearAll() throws IOException {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }

        String hearUntil(String end) throws IOException {
            StringBuilder heard = new StringBuilder();
            while (heard.indexOf(end) < 0) {
                int next = in.read();
                assertThat(next).as("after " + heard).isNotNegative();
                heard.append((char) next);
            }
            return heard.toString();
        }

        boolean hearsNothingFor(Duration time) throws IOException {
            socket.setSoTimeout(Math.toIntExact(time.toMillis()));
            try {
                int next = in.read();
                assertThat(next).isNotNegative();
                in.unread(next);
                return false;
            } catch (SocketTimeoutException e) {
                return true;
            } finally {
                socket.setSoTimeout(DEADLINE_MILLIS);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
