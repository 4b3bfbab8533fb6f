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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsTest {
    private static final String ACCEPTED = "{\"appId\":\"A-1\",\"operationId\":\"OP-1\"}";

    private final FakeController controller = new FakeController();

    @TempDir
    private Path home = Path.of("");

    private Shell shell = new Shell(home);

    @BeforeEach
    void name_the_controller() {
        shell = new Shell(home).with("DROVE_ENDPOINT", controller.endpoint());
    }

    @AfterEach
    void close() {
        controller.close();
    }

    private static String record(String state, int done, String reason) {
        return """
                {"operationId":"OP-1","appId":"A-1","type":"SCALE","state":"%s","reason":"%s","progress":{"wanted":3,"done":%d,"failed":0}}""".formatted(state, reason, done);
    }

    private void assertSent(String body, String... words) {
        controller.data("POST /applications/operations", ACCEPTED);

        assertThat(shell.run(words).code()).isEqualTo(0);

        byte[] sent = controller.requests().getLast().body().getBytes(StandardCharsets.UTF_8);
        assertThat(Json.read(sent)).isEqualTo(Json.read(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void operations_have_the_bodies_that_the_original_sends() {
        String options = "\"opSpec\":{\"timeout\":\"5 minutes\",\"parallelism\":1,\"failureStrategy\":\"STOP\"}";
        assertSent("{\"type\":\"DESTROY\"," + options + ",\"appId\":\"A-1\"}", "apps", "destroy", "A-1");
        assertSent("{\"type\":\"SUSPEND\"," + options + ",\"appId\":\"A-1\"}", "apps", "suspend", "A-1");
        assertSent(
                "{\"type\":\"START_INSTANCES\"," + options + ",\"appId\":\"A-1\",\"instances\":2}",
                "apps",
                "deploy",
                "A-1",
                "2");
        assertSent("{\"type\":\"REPLACE_INSTANCES\"," + options + ",\"appId\":\"A-1\"}", "apps", "restart", "A-1");
        assertSent(
                "{\"type\":\"REPLACE_INSTANCES\"," + options
                        + ",\"appId\":\"A-1\",\"instanceIds\":[\"AI-1\",\"AI-2\"]}",
                "appinstances",
                "replace",
                "A-1",
                "AI-1",
                "AI-2");
        assertSent(
                "{\"type\":\"STOP_INSTANCES\"," + options
                        + ",\"appId\":\"A-1\",\"instanceIds\":[\"AI-1\"],\"skipRespawn\":true}",
                "appinstances",
                "kill",
                "A-1",
                "AI-1");
        assertSent(
                "{\"type\":\"SCALE\",\"opSpec\":{\"timeout\":\"90 seconds\",\"parallelism\":4,\"failureStrategy\":\"ROLLBACK\"},"
                        + "\"appId\":\"A-1\",\"requiredInstances\":5}",
                "apps",
                "scale",
                "A-1",
                "5",
                "-p",
                "4",
                "-t",
                "90s",
                "--failure-strategy",
                "rollback");
    }

    @Test
    void waiting_shows_each_change_once_and_succeeds_with_the_operation() {
        controller
                .data("POST /applications/operations", ACCEPTED)
                .data("GET /operations/OP-1", record("RUNNING", 1, ""))
                .data("GET /operations/OP-1", record("RUNNING", 1, ""))
                .data("GET /operations/OP-1", record("SUCCEEDED", 3, ""));

        assertThat(shell.run("apps", "scale", "A-1", "3", "--wait"))
                .isEqualTo(new Shell.Result(
                        0,
                        "SCALE of A-1: SUCCEEDED, 3 of 3 done\n",
                        "SCALE of A-1: RUNNING, 1 of 3 done\nSCALE of A-1: SUCCEEDED, 3 of 3 done\n"));
    }

    @Test
    void waiting_on_a_terminal_rewrites_one_line() {
        controller
                .data("POST /applications/operations", ACCEPTED)
                .data("GET /operations/OP-1", record("SUCCEEDED", 3, ""));

        assertThat(shell.onTerminal().run("apps", "scale", "A-1", "3", "-w").err())
                .isEqualTo("\rSCALE of A-1: SUCCEEDED, 3 of 3 done (0 s)\u001b[K\n");
    }

    @Test
    void waiting_fails_when_the_operation_fails() {
        controller
                .data("POST /applications/operations", ACCEPTED)
                .data("GET /operations/OP-1", record("FAILED", 1, "deadline passed"));

        Shell.Result result = shell.run("apps", "scale", "A-1", "3", "--wait");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .endsWith("error: operation OP-1 ended: SCALE of A-1: FAILED, 1 of 3 done: deadline passed\n");
    }

    @Test
    void waiting_ends_at_its_timeout_and_says_that_the_operation_goes_on() {
        controller
                .data("POST /applications/operations", ACCEPTED)
                .data("GET /operations/OP-1", record("RUNNING", 0, ""));

        Shell.Result result = shell.run("apps", "scale", "A-1", "3", "--wait", "--wait-timeout", "20s");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("operation OP-1 has not ended within 20 s; it goes on");
        assertThat(controller.requests()).hasSizeBetween(20, 40);
    }

    @Test
    void waiting_outlives_a_controller_in_trouble() {
        controller
                .data("POST /applications/operations", ACCEPTED)
                .on("GET /operations/OP-1", 400, "application/json", FakeController.capture("p2_standby_ping.json"))
                .data("GET /operations/OP-1", record("SUCCEEDED", 3, ""));

        Shell.Result result = shell.run("apps", "scale", "A-1", "3", "--wait");

        assertThat(result.code()).isEqualTo(0);
        assertThat(result.err()).contains("asking again: ").contains("This node is not the leader controller");
    }

    @Test
    void a_controller_without_operation_records_cannot_be_waited_for() {
        controller.data("POST /applications/operations", "{\"appId\":\"A-1\"}");

        assertThat(shell.run("apps", "scale", "A-1", "3", "--wait").code()).isEqualTo(1);
    }

    @Test
    void create_reads_yaml_and_starts_instances_at_once() throws IOException {
        Path file = Files.writeString(home.resolve("spec.yaml"), "name: A\nversion: '1'\ntags:\n  team: sre\n");

        assertSent(
                "{\"type\":\"CREATE\",\"opSpec\":{\"timeout\":\"5 minutes\",\"parallelism\":1,\"failureStrategy\":\"STOP\"},"
                        + "\"instances\":2,\"spec\":{\"name\":\"A\",\"version\":\"1\",\"tags\":{\"team\":\"sre\"}}}",
                "apps",
                "create",
                file.toString(),
                "--instances",
                "2");
    }

    @Test
    void broken_files_are_named_with_line_and_column() throws IOException {
        Path json = Files.writeString(home.resolve("spec.json"), "{\n  \"name\": \"A\"\n  \"version\": 1\n}\n");
        Path yaml = Files.writeString(home.resolve("spec.yml"), "name: A\nversion: [1\nx: y\n");
        Path twice = Files.writeString(home.resolve("twice.json"), "{\"name\":\"A\",\n\"name\":\"B\"}");

        assertThat(shell.run("apps", "create", json.toString()).err())
                .contains("spec.json, line 3, column ", ": not valid JSON: ");
        assertThat(shell.run("apps", "create", yaml.toString()).err())
                .contains("spec.yml, line 3, column ", ": not valid YAML: ");
        assertThat(shell.run("apps", "create", twice.toString()).err())
                .contains("twice.json, line 2")
                .contains("name");
        assertThat(shell.run("apps", "create", home.resolve("none.json").toString())
                        .err())
                .contains("there is no file");
        assertThat(shell.input("[]").run("apps", "create", "-").err()).contains("standard input holds no object");
        assertThat(controller.requests()).isEmpty();
    }

    @Test
    void warnings_are_printed_and_strict_refuses_them() {
        controller
                .data("POST /applications/operations", ACCEPTED, "spec.colour is unknown")
                .data("POST /applications/validate/spec", "{\"valid\":true}", "spec.colour is unknown");

        Shell.Result lenient = shell.input("{\"name\":\"A\"}").run("apps", "create", "-");
        Shell.Result strict = shell.input("{\"name\":\"A\"}").run("apps", "create", "-", "--strict");

        assertThat(lenient.code()).isEqualTo(0);
        assertThat(lenient.err()).isEqualTo("warning: spec.colour is unknown\n");
        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.err()).contains("warning: spec.colour is unknown\n", "nothing was created");
        assertThat(controller.requests()).hasSize(2);
    }

    @Test
    void a_refusal_comes_with_its_warnings() {
        byte[] document = "{\"type\":\"CREATE\",\"colour\":\"red\"}".getBytes(StandardCharsets.UTF_8);
        Decoded<?> read = new UserDocuments(SpecRules.DEFAULT).operation(document);
        controller.refused("POST /applications/operations", (Decoded.Invalid<?>) read);

        Shell.Result result = shell.input("{}").run("apps", "create", "-");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("warning: colour is not known");
    }

    @Test
    void cancel_needs_no_data_in_the_answer() {
        controller.raw("POST /applications/operations/A-1/cancel", "{\"status\":\"SUCCESS\",\"message\":\"success\"}");

        assertThat(shell.run("apps", "cancelop", "A-1").code()).isEqualTo(0);
    }

    @Test
    void the_history_is_a_table() {
        controller.data("GET /applications/A-1/operations", "[" + record("FAILED", 1, "deadline passed") + "]");

        assertThat(shell.run("operations", "list", "A-1").out()).isEqualTo("""
                Operation ID  Type   State   Done    Failed  Created  Ended  Reason
                ------------  -----  ------  ------  ------  -------  -----  ---------------
                OP-1          SCALE  FAILED  1 of 3  0                       deadline passed
                """);
    }
}
