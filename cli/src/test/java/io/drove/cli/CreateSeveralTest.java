package io.drove.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.client.Json;
import io.drove.model.wire.Decoded;
import io.drove.model.wire.SpecRules;
import io.drove.model.wire.UserDocuments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CreateSeveralTest {
    private static final String BATCH = "POST /applications/operations/batch";
    private static final String VALIDATE = "POST /applications/validate/spec";

    private final FakeController controller = new FakeController();

    @TempDir
    private Path home = Path.of("");

    private Shell shell = new Shell(home);
    private String a = "";
    private String b = "";

    @BeforeEach
    void name_the_controller_and_write_two_specs() throws IOException {
        shell = new Shell(home).with("DROVE_ENDPOINT", controller.endpoint());
        a = spec("a.json", "{\"name\":\"A\"}");
        b = spec("b.yaml", "name: B\n");
    }

    @AfterEach
    void close() {
        controller.close();
    }

    private String spec(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text).toString();
    }

    private static String accepted(String app) {
        return "{\"appId\":\"%s-1\",\"operationId\":\"OP-%s\"}".formatted(app, app);
    }

    private static String refused(String app, String why) {
        return "{\"appId\":\"%s-1\",\"refusals\":[\"%s\"]}".formatted(app, why);
    }

    private FakeController answers(int status, String... outcomes) {
        return controller.on(
                BATCH,
                status,
                "application/json",
                "{\"status\":\"%s\",\"message\":\"m\",\"data\":{\"operations\":[%s]}}"
                        .formatted(status == 200 ? "SUCCESS" : "FAILED", String.join(",", outcomes)));
    }

    private void record(String app, String state, String reason) {
        controller.data(
                "GET /operations/OP-" + app,
                "{\"operationId\":\"OP-%s\",\"appId\":\"%s-1\",\"type\":\"CREATE\",\"state\":\"%s\",\"reason\":\"%s\"}"
                        .formatted(app, app, state, reason));
    }

    @Test
    void several_files_go_in_one_call_each_with_the_options_of_the_command_line() {
        answers(200, accepted("A"), accepted("B"));

        Shell.Result result = shell.run("apps", "create", a, b, "--instances", "2", "-p", "4");

        assertThat(result).isEqualTo(new Shell.Result(0, """
                        CREATE of A-1 accepted; see `drove operations show OP-A`
                        CREATE of B-1 accepted; see `drove operations show OP-B`
                        """, ""));
        String shared =
                "\"type\":\"CREATE\",\"opSpec\":{\"timeout\":\"5 minutes\",\"parallelism\":4,\"failureStrategy\":\"STOP\"},\"instances\":2";
        assertThat(controller.requests()).hasSize(1);
        assertThat(sent(0))
                .isEqualTo(json("{\"operations\":[{" + shared + ",\"spec\":{\"name\":\"A\"}},{" + shared
                        + ",\"spec\":{\"name\":\"B\"}}]}"));
    }

    @Test
    void what_is_refused_or_not_known_is_told_beside_what_was_accepted_and_fails_the_command() {
        answers(
                500,
                refused("A", "it exists"),
                accepted("B"),
                "{\"appId\":\"C-1\",\"unknown\":\"look before you ask again\"}");

        Shell.Result result = shell.input("{\"name\":\"C\"}").run("apps", "create", a, b, "-");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("""
                CREATE of A-1 refused (%s): it exists
                CREATE of B-1 accepted; see `drove operations show OP-B`
                CREATE of C-1 not known (-): look before you ask again
                """.formatted(a));
        assertThat(result.err()).isEqualTo("error: of 3 applications: 1 refused, 1 not known\n");
    }

    @Test
    void as_json_there_is_one_list() {
        answers(400, accepted("A"), refused("B", "it exists"));
        record("A", "SUCCEEDED", "");

        Shell.Result result = shell.run("apps", "create", a, b, "--wait", "-o", "json");

        assertThat(json(result.out())).isEqualTo(json("""
                        [{"file":"%s","appId":"A-1","operationId":"OP-A","operation":{"operationId":"OP-A","appId":"A-1","type":"CREATE","state":"SUCCEEDED","reason":""}},
                         {"file":"%s","appId":"B-1","refusals":["it exists"]}]""".formatted(a, b)));
    }

    @Test
    void a_mistake_in_one_file_creates_none_and_names_the_file() {
        byte[] document = """
                {"operations":[{"type":"RECOVER","appId":"A"},{"type":"CREATE","spec":{"name":"a b"},"colour":1}]}""".getBytes(StandardCharsets.UTF_8);
        Decoded<?> read = new UserDocuments(SpecRules.DEFAULT).operations(document);
        controller.refused(BATCH, (Decoded.Invalid<?>) read);

        Shell.Result result = shell.run("apps", "create", a, b);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("  " + b + ": name - Only characters")
                .contains("warning: " + b + ": colour is not known")
                .endsWith("error: Command validation failure; of these 2 applications none was created\n");
    }

    @Test
    void strict_looks_at_all_files_before_anything_is_created() {
        controller
                .data(VALIDATE, "{\"valid\":true}", "colour is not known")
                .on(
                        VALIDATE,
                        400,
                        "application/json",
                        "{\"status\":\"FAILED\",\"message\":\"no\",\"data\":{\"validationErrors\":[\"name is missing\"]}}");

        Shell.Result bad = shell.run("apps", "create", a, b, "--strict");

        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err())
                .isEqualTo("warning: " + a + ": colour is not known\nerror: " + b
                        + ": no\n  name is missing\nerror: nothing was created, because of what is said above about 2 of 2"
                        + " specs and --strict; mend them, or leave --strict out\n");
        assertThat(controller.requests())
                .extracting(FakeController.Request::line)
                .doesNotContain(BATCH);
    }

    @Test
    void strict_creates_what_nothing_is_said_about() {
        controller.data(VALIDATE, "{\"valid\":true}");
        answers(200, accepted("A"), accepted("B"));

        assertThat(shell.run("apps", "create", a, b, "--strict").code()).isEqualTo(0);
        assertThat(controller.requests()).hasSize(3);
    }

    @Test
    void waiting_shows_how_many_have_ended_and_succeeds_when_all_do() {
        answers(200, accepted("A"), accepted("B"));
        record("A", "SUCCEEDED", "");
        record("B", "RUNNING", "");
        record("B", "SUCCEEDED", "");

        assertThat(shell.run("apps", "create", a, b, "--wait"))
                .isEqualTo(new Shell.Result(
                        0,
                        "CREATE of A-1: SUCCEEDED\nCREATE of B-1: SUCCEEDED\n",
                        "1 of 2 operations have ended\n2 of 2 operations have ended\n"));
    }

    @Test
    void waiting_fails_when_one_fails_was_refused_or_does_not_end() throws IOException {
        answers(400, accepted("A"), refused("B", "it exists"), accepted("C"));
        record("A", "FAILED", "no room");
        record("C", "RUNNING", "");

        Shell.Result result = shell.run("apps", "create", a, b, spec("c.json", "{}"), "--wait", "--wait-timeout", "5s");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("""
                CREATE of A-1: FAILED: no room
                CREATE of B-1 refused (%s): it exists
                CREATE of C-1 accepted; see `drove operations show OP-C`
                """.formatted(b));
        assertThat(result.err())
                .endsWith("error: of 3 applications: 1 refused, 1 failed, 1 not ended in time; they go on\n");
    }

    @Test
    void what_was_accepted_is_told_although_it_cannot_be_waited_for() {
        answers(200, accepted("A"), accepted("B"));

        Shell.Result result = shell.run("apps", "create", a, b, "--wait");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("CREATE of A-1 accepted", "CREATE of B-1 accepted");
    }

    @Test
    void more_files_than_fit_one_call_take_several_by_number_and_by_size() throws IOException {
        String[] outcomes =
                IntStream.range(0, 1_000).mapToObj(_ -> accepted("A")).toArray(String[]::new);
        answers(200, outcomes);
        answers(200, accepted("B"));
        String[] many = Stream.concat(
                        Stream.of("apps", "create"), IntStream.range(0, 1_001).mapToObj(_ -> a))
                .toArray(String[]::new);

        assertThat(shell.run(many).code()).isEqualTo(0);
        assertThat(controller.requests()).hasSize(2);
        assertThat(sent(0).path("operations").size()).isEqualTo(1_000);
        assertThat(sent(1).path("operations").size()).isEqualTo(1);

        String large = spec("large.json", "{\"name\":\"" + "x".repeat(3 << 20) + "\"}");
        assertThat(shell.run("apps", "create", large, large).code()).isEqualTo(0);
        assertThat(controller.requests()).hasSize(4);
    }

    @Test
    void what_earlier_calls_created_is_told_when_a_later_one_fails() {
        String[] outcomes =
                IntStream.range(0, 1_000).mapToObj(_ -> accepted("A")).toArray(String[]::new);
        answers(200, outcomes);
        controller.on(BATCH, 503, "application/json", "{\"status\":\"FAILED\",\"message\":\"busy\"}");
        String[] many = Stream.concat(
                        Stream.of("apps", "create"), IntStream.range(0, 1_001).mapToObj(_ -> a))
                .toArray(String[]::new);

        Shell.Result result = shell.run(many);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out().lines()).hasSize(1_000);
        assertThat(result.err()).isEqualTo("error: busy\n");
    }

    @Test
    void files_that_cannot_be_read_and_standard_input_twice_are_refused_before_anything_is_sent() {
        for (List<String> words : List.of(
                List.of("apps", "create", a, home.resolve("none").toString()), List.of("apps", "create", "-", "-"))) {
            assertThat(shell.input("{}").run(words.toArray(String[]::new)).code())
                    .isEqualTo(2);
        }
        assertThat(controller.requests()).isEmpty();
    }

    private JsonNode sent(int request) {
        return json(controller.requests().get(request).body());
    }

    private static JsonNode json(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
