package io.drove.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What many clients cost together. */
@Timeout(60)
class ManyClientsTest {
    private static final int BODY = 100_000;
    // More than what is left of the room when one of two bodies has this.
    private static final int MOST = 90_000;
    private static final String HEAD = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + BODY + "\r\n\r\n";

    private final Semaphore arrived = new Semaphore(0);
    private HttpServer server = HttpServer.builder("unused").start();

    @BeforeEach
    void start() {
        server.close();
        server = HttpServer.builder("test")
                .maxBodiesBytes(BODY + BODY / 2)
                .routes(routes -> routes.post("/echo", this::echo))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_body_for_which_there_is_no_room_beside_others_gets_503_and_a_close() throws Exception {
        try (Client slow = new Client();
                Client next = new Client()) {
            slow.say(HEAD + "x".repeat(MOST));
            awaitArrival();

            next.say(HEAD + "x".repeat(BODY));

            assertThat(next.hearAll())
                    .startsWith("HTTP/1.1 503")
                    .containsIgnoringCase("Retry-After: 1")
                    .containsIgnoringCase("Connection: close")
                    .endsWith("{\"status\":\"FAILED\",\"message\":\"Too many request bodies at once; try again\"}");
            slow.say("x".repeat(BODY - MOST));
            assertThat(slow.hear()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void the_room_of_a_body_that_was_answered_is_free_again() throws Exception {
        try (Client client = new Client()) {
            for (int i = 0; i < 5; i++) {
                client.say(HEAD + "x".repeat(BODY));
                assertThat(client.hear()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void the_room_of_bodies_that_follow_each_other_closely_is_free_again() throws Exception {
        try (Client client = new Client()) {
            client.say((HEAD + "x".repeat(BODY)).repeat(5));
            for (int i = 0; i < 5; i++) {
                assertThat(client.hear()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void the_room_of_a_body_that_breaks_off_is_free_again() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Client client = new Client()) {
                client.say(HEAD + "x".repeat(MOST));
                client.sayNoMore();
                assertThat(client.hearAll()).startsWith("HTTP/1.1 400");
            }
        }
    }

    @Test
    void connections_follow_open_files_and_memory() {
        long gibibyte = 1L << 30;

        assertThat(ConnectionLimit.affordable(10_000, 1_000_000, 4 * gibibyte)).isEqualTo(10_000);
        assertThat(ConnectionLimit.affordable(10_000, 20_000, 4 * gibibyte)).isEqualTo(9_500);
        assertThat(ConnectionLimit.affordable(10_000, 1_024, 4 * gibibyte)).isEqualTo(384);
        assertThat(ConnectionLimit.affordable(10_000, 1_000_000, gibibyte / 4)).isEqualTo(1_365);
        assertThat(ConnectionLimit.affordable(200, Long.MAX_VALUE, gibibyte)).isEqualTo(200);
    }

    private void echo(ServerRequest request, ServerResponse response) throws IOException {
        try (InputStream body = request.content().inputStream()) {
            body.readNBytes(MOST);
            arrived.release();
            body.readAllBytes();
        }
        response.send("done");
    }

    private void awaitArrival() throws InterruptedException {
        assertThat(arrived.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    private final class Client implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());

        Client() throws IOException {
            socket.setSoTimeout(20_000);
        }

        void say(String words) throws IOException {
            socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
        }

        void sayNoMore() throws IOException {
            socket.shutdownOutput();
        }

        String hearAll() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }

        /** One answer that ends with "done". */
        String hear() throws IOException {
            StringBuilder heard = new StringBuilder();
            while (heard.indexOf("done") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("after " + heard).isNotNegative();
                heard.append((char) next);
            }
            return heard.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
