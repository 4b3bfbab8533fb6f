package io.drove.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpServerTest {
    private static final String LONG_TEXT = "{\"text\":\"" + "drove ".repeat(1_000) + "\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch slowStarted = new CountDownLatch(1);
    private final CountDownLatch slowMayEnd = new CountDownLatch(1);
    private HttpServer server = HttpServer.builder("unused").start();

    @BeforeEach
    void start() {
        server.close();
        LargeAnswers large = new LargeAnswers(1, Duration.ofMillis(10));
        server = HttpServer.builder("test")
                .maxBodyBytes(1_000)
                .maxFrameBytes(1_000)
                .knownAs("Drove.example")
                .stopTimeout(Duration.ofSeconds(10))
                .routes(routes -> routes.json()
                        .get("/apps", (request, response) -> response.send(LONG_TEXT))
                        .post(
                                "/apps/operations",
                                (request, response) -> response.send(
                                        request.content().as(String.class).length() + " bytes"))
                        .get(
                                "/apps/{id}",
                                (request, response) -> response.send(
                                        "\"" + request.path().pathParameters().get("id") + "\"")))
                .routes(routes -> routes.get("/broken", (request, response) -> {
                            throw new IOException("disk on fire");
                        })
                        .get(
                                "/thread",
                                (request, response) -> response.send(
                                        String.valueOf(Thread.currentThread().isVirtual())))
                        .get("/slow", large.limit((request, response) -> {
                            slowStarted.countDown();
                            slowMayEnd.await();
                            response.send("done");
                        })))
                .webSocket("/echo", Echo::new)
                .start();
    }

    @AfterEach
    void stop() {
        slowMayEnd.countDown();
        server.close();
        client.close();
    }

    @Test
    void a_known_path_is_served_on_the_port_that_the_system_chose_by_a_virtual_thread() throws Exception {
        assertThat(server.port()).isPositive();
        assertThat(get("/apps/web-1").body()).isEqualTo("\"web-1\"");
        assertThat(get("/thread").body()).isEqualTo("true");
    }

    @Test
    void what_follows_a_refused_body_is_not_taken_for_a_request() throws Exception {
        String hidden = head("GET /apps/hidden HTTP/1.1", "Host: localhost");
        String chunked = head(
                "POST /apps/operations HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Transfer-Encoding: chunked");

        assertThat(talk(chunked + "7fffffff\r\n" + hidden))
                .startsWith("HTTP/1.1 413")
                .doesNotContain("hidden");
        assertThat(talk(chunked + "ffffffffffffffff\r\n0\r\n\r\n" + hidden))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz", "-1", "", " ", "0x4", "4;a=b", "ffffffffffffffff", "100000000"})
    void a_malformed_size_of_a_chunk_gets_400_in_an_envelope(String size) throws Exception {
        String chunked = head(
                "POST /apps/operations HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Transfer-Encoding: chunked");

        assertThat(talk(chunked + size + "\r\nabcd\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .containsIgnoringCase("Connection: close")
                .contains("\"status\":\"FAILED\"");
    }

    @Test
    void an_answer_that_does_not_wait_for_the_body_says_that_the_connection_ends() throws Exception {
        for (String line : List.of("POST /nothing", "POST /apps", "POST /apps/operations")) {
            String head =
                    head(line + " HTTP/1.1", "Host: localhost", "Content-Type: text/plain", "Content-Length: 100");

            assertThat(talk(head)).startsWith("HTTP/1.1 4").containsIgnoringCase("Connection: close");
        }
    }

    @Test
    void an_answer_to_a_body_that_was_read_keeps_the_connection() throws Exception {
        HttpResponse<String> answer =
                post("/apps/operations", "application/json", BodyPublishers.ofByteArray(new byte[1_000]));

        assertThat(answer.headers().firstValue("Connection").orElse("")).doesNotContainIgnoringCase("close");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:80",
                "drove.localhost:80",
                "localhost.:80",
                "127.0.0.1:1",
                "[::1]:1",
                "10.1.2.3",
                "drove.example:80"
            })
    void a_listener_that_asks_nobody_serves_requests_for_this_machine(String host) throws Exception {
        assertThat(talk(head("GET /apps/web-1 HTTP/1.1", "Host: " + host, "Connection: close")))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:80",
                "evillocalhost",
                "localhost.evil.example",
                "127.0.0.1.evil.example"
            })
    void a_listener_that_asks_nobody_refuses_requests_for_other_names(String host) throws Exception {
        assertThat(talk(head("GET /apps/web-1 HTTP/1.1", "Host: " + host, "Connection: close")))
                .startsWith("HTTP/1.1 421")
                .contains("\"status\":\"FAILED\"")
                .contains("evil")
                .doesNotContain("web-1");
    }

    @Test
    void a_listener_that_asks_who_calls_or_is_open_on_purpose_serves_any_name() throws Exception {
        for (HttpServer.Builder builder : List.of(
                HttpServer.builder("api").authenticated(true),
                HttpServer.builder("api").bind("0.0.0.0", 0).openAllowed(true))) {
            server.close();
            server = builder.routes(routes -> routes.get("/", (request, response) -> response.send("yes")))
                    .start();

            assertThat(talk(head("GET / HTTP/1.1", "Host: drove.example", "Connection: close")))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_connection_ends_when_the_client_asks_for_it() throws Exception {
        assertThat(talk(head("GET /apps/web-1 HTTP/1.1", "Host: localhost", "Connection: close")))
                .startsWith("HTTP/1.1 200")
                .endsWith("\"web-1\"");
    }

    private static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** All that the server says until it ends the connection. */
    private String talk(String words) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void head_answers_as_get_without_a_body() throws Exception {
        HttpResponse<String> answer = send(request("/apps").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(get("/apps").body()).isEqualTo(LONG_TEXT);
    }

    @Test
    void a_wrong_method_gets_405_with_the_allowed_ones_and_no_body() throws Exception {
        HttpResponse<String> answer = send(request("/apps").PUT(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET,OPTIONS");
        assertThat(answer.body()).isEmpty();
        assertThat(send(request("/apps/operations").PUT(BodyPublishers.noBody()))
                        .headers()
                        .firstValue("Allow"))
                .contains("GET,OPTIONS,POST");
        assertThat(send(request("/apps").method("OPTIONS", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_path_of_one_method_is_served_by_a_pattern_of_another() throws Exception {
        assertThat(get("/apps/operations").body()).isEqualTo("\"operations\"");
    }

    @Test
    void an_unknown_path_gets_a_page_with_404() throws Exception {
        HttpResponse<String> answer = get("/nothing/here");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(answer.body()).contains("HTTP ERROR 404");
    }

    @Test
    void who_accepts_no_json_gets_406_and_who_sends_other_gets_415() throws Exception {
        HttpResponse<String> refused = send(request("/apps").header("Accept", "application/xml"));

        assertThat(refused.statusCode()).isEqualTo(406);
        assertThat(refused.body()).isEmpty();
        assertThat(post("/apps/operations", "text/plain", BodyPublishers.ofString("x"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(send(request("/apps").header("Accept", "*/*")).statusCode()).isEqualTo(200);
    }

    @Test
    void a_body_over_the_limit_gets_413_in_an_envelope_also_when_its_length_is_not_said() throws Exception {
        byte[] body = new byte[200_000];
        BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));

        for (BodyPublisher publisher : List.of(BodyPublishers.ofByteArray(body), chunked)) {
            HttpResponse<String> answer = post("/apps/operations", "application/json", publisher);

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body())
                    .isEqualTo("{\"status\":\"FAILED\",\"message\":\"The request body is larger than 1000 bytes\"}");
        }
        assertThat(post("/apps/operations", "application/json", BodyPublishers.ofByteArray(new byte[1_000]))
                        .body())
                .isEqualTo("1000 bytes");
    }

    @Test
    void a_path_may_take_larger_bodies_than_the_others_and_has_a_limit_too() throws Exception {
        server.close();
        Handler length = (request, response) ->
                response.send(request.content().as(String.class).length() + " bytes");
        server = HttpServer.builder("test")
                .maxBodyBytes(1_000)
                .routes(routes -> routes.json()
                        .post("/apps/operations", length)
                        .post("/apps/many", length)
                        .largerBodies("/apps/many", 300_000, 1))
                .start();

        for (int bytes : List.of(300_000, 300_001)) {
            byte[] body = new byte[bytes];
            BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
            for (BodyPublisher publisher : List.of(BodyPublishers.ofByteArray(body), chunked)) {
                assertThat(post("/apps/many", "application/json", publisher).body())
                        .isEqualTo(bytes == 300_000 ? "300000 bytes" : tooLarge(300_000));
                assertThat(post("/apps/operations", "application/json", publisher)
                                .body())
                        .isEqualTo(tooLarge(1_000));
            }
        }
    }

    private static String tooLarge(int most) {
        return "{\"status\":\"FAILED\",\"message\":\"The request body is larger than " + most + " bytes\"}";
    }

    @Test
    void large_bodies_at_once_take_at_most_half_of_the_room_for_all_and_none_is_less_than_the_others() {
        BodyLimits small = new BodyLimits(10, Map.of("/many", new BodyLimits.Larger(1_000, 2)), 600);
        BodyLimits tiny = new BodyLimits(500, Map.of("/many", new BodyLimits.Larger(1_000, 2)), 600);

        assertThat(List.of(small.of("/many"), small.of("/"), small.largest())).containsExactly(150L, 10L, 150L);
        assertThat(List.of(tiny.of("/many"), tiny.of("/"), tiny.largest())).containsExactly(500L, 500L, 500L);
    }

    @Test
    void who_sends_all_of_a_refused_body_before_it_reads_gets_the_answer_nevertheless() throws Exception {
        // More than the buffers in between hold, so that most of it is sent after the refusal.
        String body = "x".repeat(6_000_000);
        String head = head(
                "POST /apps/operations HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: " + body.length());

        assertThat(talk(head + body)).startsWith("HTTP/1.1 413").endsWith("is larger than 1000 bytes\"}");
    }

    @Test
    void who_never_ends_a_refused_body_is_cut_off() throws Exception {
        String head = head(
                "POST /apps/operations HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: 1000000000");

        assertThatThrownBy(() -> talk(head + "x".repeat(100_000_000))).isInstanceOf(SocketException.class);
    }

    @Test
    void an_unexpected_failure_gets_500_in_an_envelope_with_an_id_and_without_what_broke() throws Exception {
        HttpResponse<String> answer = get("/broken");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .matches("\\{\"status\":\"FAILED\",\"message\":\"Unexpected Server error\","
                        + "\"data\":\\{\"failure\":\"the server's log has it as id=[0-9a-f]{16}\"}}");
    }

    @Test
    void answers_are_compressed_for_who_asks() throws Exception {
        HttpResponse<byte[]> answer =
                client.send(request("/apps").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(answer.body().length).isLessThan(LONG_TEXT.length() / 10);
        try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(unzipped.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(LONG_TEXT);
        }
    }

    @Test
    void one_large_answer_too_many_is_told_to_come_again() throws Exception {
        CompletableFuture<HttpResponse<String>> first = getLater("/slow");
        slowStarted.await();

        HttpResponse<String> second = get("/slow");
        slowMayEnd.countDown();

        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.headers().firstValue("Retry-After")).contains("1");
        assertThat(first.get().body()).isEqualTo("done");
        assertThat(get("/slow").body()).isEqualTo("done");
    }

    @Test
    void a_stop_lets_a_running_request_end() throws Exception {
        CompletableFuture<HttpResponse<String>> running = getLater("/slow");
        slowStarted.await();

        URI afterwards = URI.create("http://127.0.0.1:" + server.port() + "/apps");
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
        assertThat(stopped).isNotDone();
        slowMayEnd.countDown();

        assertThat(running.get().body()).isEqualTo("done");
        stopped.get(5, TimeUnit.SECONDS);
        assertThatThrownBy(() -> send(HttpRequest.newBuilder(afterwards))).isInstanceOf(IOException.class);
    }

    @Test
    void a_listener_that_has_ended_is_noticed_and_one_that_was_closed_has_not_ended() {
        Set<Thread> others = acceptThreads();
        HttpServer other = HttpServer.builder("other").start();
        Set<Thread> own = acceptThreads();
        own.removeAll(others);
        assertThat(own).hasSize(1);
        assertThat(other.hasEnded()).isFalse();

        // As when there is no descriptor left: the accept fails.
        own.forEach(Thread::interrupt);
        await().atMost(Duration.ofSeconds(10)).until(other::hasEnded);

        other.close();
        assertThat(other.hasEnded()).isFalse();
        assertThat(server.hasEnded()).isFalse();
    }

    private static Set<Thread> acceptThreads() {
        Set<Thread> accepting = new HashSet<>(Thread.getAllStackTraces().keySet());
        accepting.removeIf(thread -> !thread.getName().equals("server-@default-listener"));
        return accepting;
    }

    @Test
    void a_taken_port_is_named_with_the_process_that_holds_it() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            PortTaken taken = catchThrowableOfType(
                    PortTaken.class,
                    () -> HttpServer.builder("api").bind("127.0.0.1", port).start());

            assertThat(taken.port()).isEqualTo(port);
            assertThat(taken.holder().orElseThrow().pid())
                    .isEqualTo(ProcessHandle.current().pid());
            assertThat(taken).hasMessageStartingWith("port " + port + " is taken by process ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void it_does_not_listen_beyond_loopback_without_authentication_unless_told_so(String everywhere) {
        assertThatThrownBy(() -> HttpServer.builder("api")
                        .bind(everywhere, 0)
                        .openedBy("admin.allowOpen")
                        .start())
                .isInstanceOf(OpenToTheWorld.class)
                .hasMessageContaining("api listener on " + everywhere)
                .hasMessageContaining("set admin.allowOpen to true");
        assertThat(HttpServer.builder("api").bind("::1", 0)).isNotNull();
    }

    @Test
    void a_web_socket_echoes_and_refuses_at_the_upgrade() throws Exception {
        assertThat(echo("hello", "yes")).isEqualTo("hello");
        assertThatThrownBy(() -> echo("hello", "no"))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refusal ->
                                assertThat(refusal.getResponse().statusCode()).isEqualTo(401));
    }

    @Test
    void a_frame_over_the_limit_ends_the_connection() {
        assertThatThrownBy(() -> echo("x".repeat(1_001), "yes")).isInstanceOf(ExecutionException.class);
    }

    private String echo(String text, String mayEnter) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket = client.newWebSocketBuilder()
                .header("May-Enter", mayEnter)
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/echo"), new WebSocket.Listener() {
                    private final StringBuilder received = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        received.append(data);
                        if (last) {
                            answer.complete(received.toString());
                        }
                        return WebSocket.Listener.super.onText(socket, data, last);
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                        answer.completeExceptionally(new IOException("closed " + status + " " + reason));
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public void onError(WebSocket socket, Throwable error) {
                        answer.completeExceptionally(error);
                    }
                })
                .get();
        socket.sendText(text, true).get();
        try {
            return answer.get(10, TimeUnit.SECONDS);
        } finally {
            socket.abort();
        }
    }

    private static final class Echo implements WsListener {
        @Override
        public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) {
            if (!headers.contains(HeaderValues.create("May-Enter", "yes"))) {
                throw ErrorAnswers.upgradeRefused(Status.UNAUTHORIZED_401, "not you");
            }
            return Optional.empty();
        }

        @Override
        public void onMessage(WsSession session, String text, boolean last) {
            session.send(text, last);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private CompletableFuture<HttpResponse<String>> getLater(String path) {
        return client.sendAsync(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", type).POST(body));
    }
}
