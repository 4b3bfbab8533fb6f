package io.drove.controller.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.core.state.InstanceRecord;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.id.ExecutorId;
import io.drove.model.instance.InstanceState;
import io.drove.model.wire.SpecRules;
import io.drove.platform.http.HttpServer;
import io.drove.platform.http.Routes;
import io.drove.platform.security.ClusterSecret;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Log files through the controller, from an executor that the test plays. */
class LogFilesTest {
    private static final int LARGE = 5 << 20;

    private ApiServer api = new ApiServer();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    /** What is read and downloaded, instead of something made up. */
    private volatile String output = "";

    private final CountDownLatch over = new CountDownLatch(1);
    private final HttpServer executor = HttpServer.builder("executor")
            .routes(this::serve)
            .stopTimeout(Duration.ofMillis(100))
            .start();
    private String instance = "";
    private ExecutorId id = new ExecutorId("-");

    @BeforeEach
    void run_an_instance() {
        ExecutorInventory machine = ScriptedCluster.inventory("127.0.0.1", 4);
        id = api.cluster.executor(new ExecutorInventory(
                machine.hostname(), executor.port(), machine.transport(), machine.tags(), machine.nodes(), Map.of()));
        RecordedExchange create = RecordedExchange.read("110-create");
        api.post(create.path(), String.valueOf(create.body()).replace("\"instances\": 0", "\"instances\": 1"));
        api.cluster.settle();
        instance = api.cluster.anInstance().toString();
    }

    @AfterEach
    void close() {
        over.countDown();
        api.close();
        executor.close();
    }

    @Test
    void files_are_listed_and_read_in_the_executor_s_words_with_the_cluster_s_secret() {
        HttpResponse<String> listed = api.get(path("/list"));
        HttpResponse<String> read = api.get(path("/read/output.log?offset=5&length=10"));

        assertThat(listed.statusCode()).isEqualTo(200);
        assertThat(listed.body()).isEqualTo("{\"files\":[\"output.log\"]}");
        assertThat(listed.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(read.body()).isEqualTo("{\"data\":\"offset=5&length=10\",\"offset\":5}");
        assertThat(asked).containsOnly("ControllerSecret");
    }

    @Test
    void a_file_is_read_and_downloaded_as_with_the_original() {
        for (String name : List.of("158-log_read_no_offset", "160-log_read_offset_0_no_length")) {
            RecordedExchange recorded = RecordedExchange.read(name, instance);
            String answer = requireNonNull(recorded.answer());
            output = answer;

            HttpResponse<String> read = api.get(recorded.path());

            assertThat(read.statusCode()).isEqualTo(recorded.status());
            assertThat(read.headers().firstValue("Content-Type"))
                    .hasValue(recorded.answerHeaders().get("Content-Type"));
            assertThat(read.body()).isEqualTo(answer);
        }
        assertThat(queries).containsExactly("offset=-1&length=-1", "offset=0&length=-1");
        RecordedExchange recorded = RecordedExchange.read("166-log_download_renamed", instance);
        output = requireNonNull(recorded.answer());
        HttpResponse<String> downloaded = api.get(recorded.path());
        assertThat(downloaded.body()).isEqualTo(output);
        for (String header : List.of("Content-Type", "Content-Disposition")) {
            String wanted = requireNonNull(recorded.answerHeaders().get(header));
            assertThat(withoutTime(downloaded.headers().firstValue(header).orElse("")))
                    .isEqualTo(withoutTime(wanted));
        }
    }

    private static String withoutTime(String header) {
        return header.replaceAll("\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d", "TIME");
    }

    @Test
    void a_large_file_is_streamed_and_can_be_renamed() {
        HttpResponse<String> plain = api.get(path("/download/output.log"));
        HttpResponse<String> renamed = api.get(path("/download/output.log?rename=true"));

        assertThat(plain.body()).hasSize(LARGE);
        assertThat(plain.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(plain.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=output.log");
        assertThat(renamed.headers().firstValue("Content-Disposition").orElse(""))
                .matches("attachment; filename=TEST_APP-1_" + instance
                        + "_output\\.log-\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d");
    }

    @Test
    void an_ended_instance_s_files_are_there_while_its_executor_is() {
        InstanceRecord ended = api.cluster.instances().getFirst();
        api.cluster.report(ended, InstanceState.STOPPED, "exited");

        assertThat(api.get(path("/list")).statusCode()).isEqualTo(200);

        api.cluster.disconnect(id);
        api.cluster.pass(Duration.ofSeconds(45));

        assertThat(api.get(path("/list")).statusCode()).isEqualTo(204);
    }

    @Test
    void what_nobody_knows_is_no_content() {
        assertThat(api.get("/apis/v1/logfiles/applications/NOPE-1/" + instance + "/list")
                        .statusCode())
                .isEqualTo(204);
        assertThat(api.get("/apis/v1/logfiles/applications/TEST_APP-1/AI-x/download/output.log")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void a_file_name_that_leads_elsewhere_is_refused_before_anyone_is_asked() {
        for (String name : List.of("..%2f..%2fetc%2fpasswd", "%2e%2e", "a%00b", "a%0d%0aX-Evil:1", "a%3Bb", "..%5cx")) {
            assertThat(api.get(path("/read/" + name)).statusCode()).as(name).isIn(400, 404);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void numbers_are_checked() {
        assertThat(api.get(path("/read/output.log?offset=x")).statusCode()).isEqualTo(404);
        assertThat(api.get(path("/read/output.log?offset=-2")).body())
                .contains("query param offset must be greater than or equal to -1");
    }

    @Test
    void a_refusal_of_the_executor_is_told() {
        HttpResponse<String> refused = api.get(path("/read/nope"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(ApiServer.json(refused).path("error").asString())
                .isEqualTo("Executor call returned: 400 body: {\"error\":\"Could not read log file: nope\"}");
    }

    @Test
    void an_executor_that_does_not_answer_is_given_up() {
        useShortPatience();

        HttpResponse<String> silent = api.get(path("/read/silent"));

        assertThat(silent.statusCode()).isEqualTo(500);
        assertThat(silent.body()).contains("could not be asked");
    }

    @Test
    void a_file_that_stops_in_the_middle_does_not_look_complete() {
        useShortPatience();

        assertThatThrownBy(() -> api.get(path("/download/stalling"))).isInstanceOf(UncheckedIOException.class);
    }

    private void useShortPatience() {
        api.close();
        api = new ApiServer(new ApiSettings(
                "localhost:4000",
                ApiServer.users(),
                ApiServer.SECRET,
                SpecRules.DEFAULT,
                false,
                Set.of(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2)));
        run_an_instance();
    }

    private String path(String rest) {
        return "/apis/v1/logfiles/applications/TEST_APP-1/" + instance + rest;
    }

    private void serve(Routes routes) {
        String root = "/apis/v1/logs/filestream/{app}/{instance}";
        routes.get(root + "/list", (request, response) -> {
            note(request);
            json(response, "{\"files\":[\"output.log\"]}");
        });
        routes.get(root + "/read/{file}", (request, response) -> {
            note(request);
            switch (request.path().pathParameters().get("file")) {
                case "output.log" -> {
                    String query = request.query().rawValue();
                    queries.add(query);
                    json(response, output.isEmpty() ? "{\"data\":\"" + query + "\",\"offset\":5}" : output);
                }
                case "silent" -> over.await();
                default -> {
                    response.status(Status.BAD_REQUEST_400);
                    json(response, "{\"error\":\"Could not read log file: nope\"}");
                }
            }
        });
        routes.get(root + "/download/{file}", (request, response) -> {
            note(request);
            try (OutputStream out = response.outputStream()) {
                out.write((output.isEmpty() ? "x".repeat(LARGE) : output).getBytes(StandardCharsets.UTF_8));
                if (request.path().pathParameters().get("file").equals("stalling")) {
                    out.flush();
                    over.await();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void note(ServerRequest request) {
        asked.add(request.headers()
                .first(HeaderNames.create(ClusterSecret.HEADER))
                .orElse("none"));
    }

    private static void json(ServerResponse response, String body) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(body.getBytes(StandardCharsets.UTF_8));
    }
}
