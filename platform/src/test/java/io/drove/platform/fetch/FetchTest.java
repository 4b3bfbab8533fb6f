package io.drove.platform.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FetchTest {
    private static final int BYTES_MAX = 1_000;
    private static final Fetch.Limits PATIENT =
            new Fetch.Limits(Duration.ofSeconds(10), Duration.ofSeconds(20), BYTES_MAX);
    private static final Fetch.Limits HASTY =
            new Fetch.Limits(Duration.ofMillis(200), Duration.ofMillis(200), BYTES_MAX);
    private static final SortedSet<Integer> OK = new TreeSet<>(List.of(200));

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/echo", exchange -> {
            String said = exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Kind") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, said.length());
            exchange.getResponseBody().write(said.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/sick", exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.createContext("/large", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[BYTES_MAX + 1]);
            exchange.close();
        });
        server.createContext("/halting", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
        });
        server.createContext("/away", exchange -> {
            exchange.getResponseHeaders().add("Location", "/echo");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static Fetch get(String url, Fetch.Limits limits) {
        return new Fetch(url, "GET", Map.of(), "", OK, false, limits);
    }

    @Test
    void a_request_has_its_method_headers_and_body() throws Exception {
        Fetch fetch = new Fetch(at("/echo"), "POST", Map.of("Kind", "secret"), "body", OK, false, PATIENT);

        HttpResponse<byte[]> answer = fetch.run();

        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("POST secret body");
        assertThat(fetch.toString()).doesNotContain("secret");
    }

    @Test
    void every_failure_says_in_plain_words_what_it_was() throws Exception {
        String nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = "http://127.0.0.1:" + free.getLocalPort() + "/";
        }

        assertFails(get(at("/sick"), PATIENT), "it answered 500, wanted 200");
        assertFails(get(at("/away"), PATIENT), "it answered 302, wanted 200");
        assertFails(get(at("/large"), PATIENT), "the answer is larger than 1000 bytes");
        assertFails(get(nobody, PATIENT), "nobody listens there");
        assertFails(get("http://no-such-host.invalid/", PATIENT), "there is no host no-such-host.invalid");
        assertFails(get("http://a b/", PATIENT), "it cannot be asked: Illegal character");
        assertFails(get(at("/halting"), HASTY), "no whole answer within 200 ms");
        try (ServerSocket mute = new ServerSocket(0)) {
            assertFails(get("http://127.0.0.1:" + mute.getLocalPort() + "/", HASTY), "no answer within 200 ms");
        }
    }

    @Test
    void any_status_is_taken_when_none_is_wanted() throws Exception {
        assertThat(new Fetch(at("/sick"), "GET", Map.of(), "", new TreeSet<>(), false, PATIENT)
                        .run()
                        .statusCode())
                .isEqualTo(500);
    }

    @Test
    void limits_can_be_cut() {
        Fetch.Limits cut = PATIENT.within(Duration.ofSeconds(15));

        assertThat(cut).isEqualTo(new Fetch.Limits(Duration.ofSeconds(10), Duration.ofSeconds(15), BYTES_MAX));
    }

    private static void assertFails(Fetch fetch, String reason) {
        assertThatThrownBy(fetch::run)
                .as(fetch.toString())
                .isInstanceOf(FetchFailed.class)
                .hasMessageStartingWith(reason);
    }
}
