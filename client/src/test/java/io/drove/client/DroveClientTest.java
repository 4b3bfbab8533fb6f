package io.drove.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.drove.client.CallFailedException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DroveClientTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String PONG = "{\"status\":\"SUCCESS\",\"data\":\"pong\",\"message\":\"success\"}";
    private static final String FOLLOWER =
            "{\"status\":\"FAILED\",\"message\":\"This node is not the leader controller\"}";

    private static HttpServer controller(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(ANY_PORT, 0);
        answer(server, status, body);
        server.start();
        return server;
    }

    private static void answer(HttpServer server, int status, String body) {
        server.createContext("/apis/v1/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json;charset=utf-8");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static URI at(String scheme, HttpServer server) {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    private static DroveClient client(URI... endpoints) {
        return new DroveClient(Connection.to(List.of(endpoints), new Credentials.None()));
    }

    private static Kind failure(Runnable call) {
        CallFailedException failure = catchThrowableOfType(CallFailedException.class, call::run);
        assertThat(failure).isNotNull();
        return failure.kind();
    }

    @Test
    void a_leader_that_moves_is_found_again() throws IOException {
        HttpServer first = controller(200, PONG);
        HttpServer second = controller(400, FOLLOWER);
        try {
            DroveClient client = client(at("http", first), at("http", second));
            assertThat(client.ping().data().stringValue()).isEqualTo("pong");
            assertThat(client.leader()).isEqualTo(at("http", first));

            first.removeContext("/apis/v1/");
            answer(first, 400, FOLLOWER);
            second.removeContext("/apis/v1/");
            answer(second, 200, PONG);

            assertThat(client.ping().data().stringValue()).isEqualTo("pong");
            assertThat(client.leader()).isEqualTo(at("http", second));
        } finally {
            first.stop(0);
            second.stop(0);
        }
    }

    @Test
    void a_dead_controller_is_passed_over() throws IOException {
        HttpServer alive = controller(200, PONG);
        try {
            assertThat(client(URI.create("http://127.0.0.1:1"), at("http", alive))
                            .ping()
                            .message())
                    .isEqualTo("success");
        } finally {
            alive.stop(0);
        }
    }

    @Test
    @Timeout(15)
    void a_controller_that_stands_still_is_passed_over_soon() throws IOException {
        HttpServer alive = controller(200, PONG);
        // The kernel accepts for it, and nobody reads.
        try (ServerSocket still = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI silent = URI.create("http://127.0.0.1:" + still.getLocalPort());

            assertThat(client(silent, at("http", alive)).ping().message()).isEqualTo("success");
        } finally {
            alive.stop(0);
        }
    }

    @Test
    void no_leader_is_told_apart_from_nobody_there() throws IOException {
        HttpServer follower = controller(400, FOLLOWER);
        try {
            URI nobody = URI.create("http://127.0.0.1:1");
            assertThat(failure(() -> client(nobody, at("http", follower)).cluster()))
                    .isEqualTo(Kind.NO_LEADER);
            assertThat(failure(() -> client(at("http", follower)).cluster())).isEqualTo(Kind.NO_LEADER);
            assertThat(failure(() -> client(nobody, nobody).cluster())).isEqualTo(Kind.UNREACHABLE);
        } finally {
            follower.stop(0);
        }
    }

    @Test
    void a_silent_server_meets_the_deadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Connection connection = Connection.to(
                            List.of(URI.create("http://127.0.0.1:" + silent.getLocalPort())), new Credentials.None())
                    .withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(50));

            assertThatThrownBy(() -> new DroveClient(connection).ping())
                    .isInstanceOf(CallFailedException.class)
                    .hasMessageContaining("did not answer in time");
        }
    }

    /** Reads each request and hangs up without an answer, until the server is closed. */
    private static void hangUp(ServerSocket server, AtomicInteger requests) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                requests.addAndGet(socket.getInputStream().read(new byte[4096]) > 0 ? 1 : 0);
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Test
    void an_operation_is_never_sent_twice() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            // Closed before the threads, so that accept() ends.
            threads.submit(() -> hangUp(server, requests));
            DroveClient client = client(URI.create("http://127.0.0.1:" + server.getLocalPort()));

            assertThat(failure(() -> client.operate(Json.object().put("type", "SCALE"))))
                    .isEqualTo(Kind.UNREACHABLE);
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void of_several_operations_each_has_its_outcome_whatever_the_status() throws IOException {
        String outcomes = """
                {"status":"FAILED","message":"1 of 3","data":{"operations":[
                  {"appId":"A-1","operationId":"OP-1"},
                  {"appId":"B-1","refusals":["no","This node is not the leader controller"]},
                  {"appId":"C-1","unknown":"look"}]},"warnings":["operations[0].x is not known"]}""";
        List<JsonNode> three = List.of(Json.object(), Json.object(), Json.object());
        for (int status : List.of(400, 500, 503)) {
            HttpServer controller = controller(200, PONG);
            try {
                AtomicInteger calls = new AtomicInteger();
                HttpServer follower = controller(400, FOLLOWER);
                DroveClient client = client(at("http", controller), at("http", follower));
                assertThat(client.ping().message()).isEqualTo("success");
                controller.createContext("/apis/v1/applications/operations/batch", exchange -> {
                    calls.incrementAndGet();
                    byte[] bytes = outcomes.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });

                assertThat(client.operateAll(three))
                        .isEqualTo(new Outcomes(
                                List.of(
                                        new Outcome.Accepted("A-1", "OP-1"),
                                        new Outcome.Refused(
                                                "B-1", List.of("no", "This node is not the leader controller")),
                                        new Outcome.Unknown("C-1", "look")),
                                List.of("operations[0].x is not known")));
                assertThat(calls).hasValue(1);
                follower.stop(0);
            } finally {
                controller.stop(0);
            }
        }
    }

    @Test
    void operations_that_were_written_ahead_are_sent_as_others_are_and_several_times() throws IOException {
        HttpServer controller = controller(200, PONG);
        try {
            List<String> bodies = Collections.synchronizedList(new ArrayList<>());
            controller.createContext("/apis/v1/applications/operations", exchange -> {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                boolean isBatch = exchange.getRequestURI().getPath().endsWith("/batch");
                String data = isBatch ? "{\"operations\":[{\"unknown\":\"a\"},{\"unknown\":\"b\"}]}" : "{}";
                byte[] bytes =
                        "{\"status\":\"SUCCESS\",\"data\":%s}".formatted(data).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            DroveClient client = client(at("http", controller));
            JsonNode one = Json.object().put("appId", "ä\n-1");
            List<JsonNode> two = List.of(one, Json.object());
            Prepared.One preparedOne = Prepared.of(one);
            Prepared.Several preparedTwo = Prepared.of(two);

            client.operate(one);
            client.operate(preparedOne);
            client.operate(preparedOne);
            assertThat(bodies).hasSize(3).containsOnly("{\"appId\":\"ä\\n-1\"}");
            bodies.clear();

            Outcomes outcomes = client.operateAll(two);
            assertThat(client.operateAll(preparedTwo)).isEqualTo(outcomes);
            assertThat(client.operateAll(preparedTwo)).isEqualTo(outcomes);
            assertThat(bodies).hasSize(3).containsOnly("{\"operations\":[{\"appId\":\"ä\\n-1\"},{}]}");
        } finally {
            controller.stop(0);
        }
    }

    @Test
    void several_operations_that_fail_as_a_whole_fail_as_others_do() throws IOException {
        List<JsonNode> two = List.of(Json.object(), Json.object());
        assertThat(wholeFailure(400, FOLLOWER, two)).isEqualTo(Kind.NO_LEADER);
        assertThat(wholeFailure(
                        400,
                        "{\"status\":\"FAILED\",\"message\":\"no\",\"data\":{\"validationErrors\":[\"operations[0] x\"]}}",
                        two))
                .isEqualTo(Kind.REFUSED);
        assertThat(wholeFailure(503, "{\"status\":\"FAILED\",\"message\":\"busy\"}", two))
                .isEqualTo(Kind.UNREADABLE);
        assertThat(wholeFailure(404, "{}", two)).isEqualTo(Kind.UNREADABLE);
        assertThat(wholeFailure(
                        200, "{\"status\":\"SUCCESS\",\"message\":\"success\",\"data\":{\"operations\":[]}}", two))
                .isEqualTo(Kind.UNREADABLE);
    }

    private static Kind wholeFailure(int status, String body, List<JsonNode> operations) throws IOException {
        HttpServer controller = controller(status, body);
        try {
            return failure(() -> client(at("http", controller)).operateAll(operations));
        } finally {
            controller.stop(0);
        }
    }

    @Test
    void certificates_are_verified_unless_told_otherwise(@TempDir Path directory) throws Exception {
        HttpsServer server = HttpsServer.create(ANY_PORT, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(directory)));
        answer(server, 200, PONG);
        server.start();
        try {
            Connection connection = Connection.to(List.of(at("https", server)), new Credentials.Basic("a", "b"));

            assertThat(failure(() -> new DroveClient(connection).ping())).isEqualTo(Kind.UNREACHABLE);
            assertThat(new DroveClient(connection.withoutVerification()).ping().message())
                    .isEqualTo("success");
        } finally {
            server.stop(0);
        }
    }

    private static SSLContext selfSigned(Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=nobody",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "password",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "password".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "password".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void secrets_are_not_printed() {
        assertThat(new Credentials.Basic("me", "hidden").toString()).doesNotContain("hidden");
        assertThat(new Credentials.Header("hidden").toString()).doesNotContain("hidden");
    }

    @Test
    void odd_ids_stay_one_path_segment() throws IOException {
        HttpServer server = HttpServer.create(ANY_PORT, 0);
        StringBuilder asked = new StringBuilder();
        server.createContext("/", exchange -> {
            asked.append(exchange.getRequestURI().getRawPath());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            failure(() -> client(at("http", server)).application("../x y/ä"));
            assertThat(asked).hasToString("/apis/v1/applications/..%2Fx%20y%2F%C3%A4");
        } finally {
            server.stop(0);
        }
    }
}
