package io.drove.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.drove.platform.security.ClusterSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Configs that the controller fetches for executors, from a server that the test plays. */
class FetchedConfigsTest {
    private final ApiServer api = new ApiServer();
    private HttpServer configs;

    @BeforeEach
    void create_an_app() throws IOException {
        configs = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        configs.createContext("/good", exchange -> {
            byte[] body = ("for " + exchange.getRequestHeaders().getFirst("Kind")).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        configs.createContext("/bad", exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        configs.start();
        String fetched = """
                "configs": [
                  {"type": "INLINE", "localFilename": "/inline", "data": "c2VjcmV0"},
                  {"type": "CONTROLLER_HTTP_FETCH", "localFilename": "/good",
                   "http": {"hostname": "127.0.0.1", "port": %1$d, "path": "/good", "headers": {"Kind": "tests"}}},
                  {"type": "CONTROLLER_HTTP_FETCH", "localFilename": "/bad",
                   "http": {"hostname": "127.0.0.1", "port": %1$d, "path": "/bad"}},
                  {"type": "EXECUTOR_HTTP_FETCH", "localFilename": "/other",
                   "http": {"hostname": "127.0.0.1", "port": %1$d, "path": "/good"}}]
                """.formatted(configs.getAddress().getPort());
        RecordedExchange create = RecordedExchange.read("110-create");
        String body = String.valueOf(create.body()).replaceFirst("\"configs\"\\s*:\\s*\\[[^\\]]*]", fetched);
        assertThat(body).contains("/good");
        assertThat(api.post(create.path(), body).statusCode()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        api.close();
        configs.stop(0);
    }

    private HttpResponse<String> ask(String path) {
        return api.send(api.request(null, "/apis/v1/internal/configs/" + path)
                .header(ClusterSecret.HEADER, "ControllerSecret")
                .GET());
    }

    @Test
    void a_config_is_fetched_as_its_spec_says() {
        HttpResponse<String> answer = ask("TEST_APP-1/1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("for tests");
    }

    @Test
    void a_server_that_fails_is_told_of_in_words() {
        HttpResponse<String> answer = ask("TEST_APP-1/2");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).isEqualTo("it answered 500, wanted 200");
    }

    @Test
    void nothing_else_can_be_had_here() {
        for (String path : new String[] {"TEST_APP-1/0", "TEST_APP-1/3", "TEST_APP-1/4", "TEST_APP-1/x", "NOPE-1/1"}) {
            assertThat(ask(path).statusCode()).as(path).isEqualTo(404);
        }
        for (String user : new String[] {"root", "admin"}) {
            assertThat(api.send(api.request(user, "/apis/v1/internal/configs/TEST_APP-1/1")
                                    .GET())
                            .statusCode())
                    .isEqualTo(403);
        }
    }
}
