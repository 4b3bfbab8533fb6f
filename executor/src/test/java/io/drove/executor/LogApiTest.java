package io.drove.executor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.executor.logs.LogFiles;
import io.drove.platform.http.HttpServer;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our answers beside those of the original's executor (reference, captures), over a file as long as the one that it had. */
@SuppressWarnings("NullAway.Init") // the server, by the set-up
class LogApiTest {
    private static final int RECORDED_LENGTH = 5_786;

    @TempDir
    private Path logs;

    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        Path folder = Files.createDirectories(logs.resolve("TEST_APP-1/AI-a6509208-028d-413e-a125-e31e266017a6"));
        Files.writeString(folder.resolve("output.log"), "x".repeat(RECORDED_LENGTH));
        server = HttpServer.builder("executor")
                .authenticated(true)
                .routes(new LogApi(new LogFiles(logs), new ClusterSecret(new Secret("ControllerSecret")))::add)
                .start();
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void files_are_listed_and_read_as_with_the_original() throws Exception {
        for (String name :
                List.of("170-executor_log_list_no_auth", "172-executor_log_list", "174-executor_log_read_tail")) {
            HttpResponse<String> answer = ask(name);

            assertThat(told(answer)).as(name).isEqualTo(recorded(name));
        }
    }

    @Test
    void a_file_that_is_not_there_is_told_as_by_the_original_but_for_the_path_on_this_machine() throws Exception {
        String name = "176-executor_log_read_unknown";

        String told = told(ask(name));

        String phrase = recorded(name).replaceAll("(Could not read log file: ).*", "$1");
        assertThat(told).startsWith(phrase + "nope").doesNotContain(logs.toString());
    }

    private HttpResponse<String> ask(String name) throws IOException, InterruptedException {
        String meta = text(name + ".meta");
        String path = meta.lines().findFirst().orElseThrow().split(" ", 2)[1];
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (meta.contains("'Cluster-Authorization': 'ControllerSecret'")) {
            request.header(ClusterSecret.HEADER, "ControllerSecret");
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String told(HttpResponse<String> answer) {
        return answer.statusCode() + " "
                + answer.headers().firstValue("Content-Type").orElse("") + " " + answer.body();
    }

    private static String recorded(String name) throws IOException {
        List<String> meta = text(name + ".meta").lines().toList();
        return after(meta, "HTTP ").split(" ", 2)[0] + " " + after(meta, "Content-Type: ") + " "
                + text(name + ".body.json");
    }

    private static String after(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow()
                .substring(prefix.length());
    }

    private static String text(String file) throws IOException {
        try (InputStream in = requireNonNull(LogApiTest.class.getResourceAsStream("/captures/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
