package io.drove.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitCodesTest {
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

    @Test
    void a_failed_envelope_is_a_failure_although_http_says_200() {
        controller.recorded("GET /applications/NOPE-1/spec", "unknown_applications_NOPE-1_spec.json");

        assertThat(shell.run("apps", "spec", "NOPE-1", "-o", "json"))
                .isEqualTo(new Shell.Result(1, "", "error: App NOPE-1 not found\n"));
    }

    @Test
    void every_mistake_of_a_refused_operation_is_named() {
        controller.on(
                "POST /applications/operations",
                400,
                "application/json",
                FakeController.capture("op_create_empty_spec.json"));

        Shell.Result result = shell.input("{}").run("apps", "create", "-");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("error: Command validation failure\n")
                .contains("\n  spec.name - Application name is mandatory\n")
                .hasLineCount(9);
    }

    @Test
    void a_format_after_the_short_switch_of_the_original_is_explained() {
        Shell.Result result = shell.run("appinstances", "list", "A-1", "-o", "json");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("here -o means --old, for the format write --output json");
    }

    @Test
    void a_description_of_an_unknown_kind_names_the_kinds() {
        Shell.Result result = shell.run("describe", "A-1");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("`drove describe` has no command \"A-1\"")
                .contains("it has executor, app, cluster, instance");
    }

    @Test
    void wrong_credentials_are_told_apart_from_a_wrong_role() {
        controller.on("GET /cluster", 401, "text/plain", FakeController.capture("no_auth.txt"));
        controller.on("POST /applications/operations", 403, "text/html", "<html/>");

        Shell.Result unauthenticated = shell.run("cluster", "summary");
        Shell.Result forbidden = shell.run("apps", "destroy", "A-1");

        assertThat(unauthenticated.code()).isEqualTo(3);
        assertThat(unauthenticated.err()).contains("does not accept these credentials (401); give --username");
        assertThat(forbidden.code()).isEqualTo(3);
        assertThat(forbidden.err()).contains("this user may not do that (403)");
    }

    @Test
    void a_post_without_credentials_is_refused_too() {
        controller.on("POST /applications/operations", 401, "text/plain", FakeController.capture("no_auth.txt"));

        assertThat(shell.run("apps", "destroy", "A-1").code()).isEqualTo(3);
    }

    @Test
    void nobody_there_says_where_and_what_to_try() {
        controller.close();

        Shell.Result result = shell.run("apps", "list");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err())
                .isEqualTo(
                        "error: nothing answers at " + controller.endpoint()
                                + "; is the cluster running? The endpoint comes from "
                                + "DROVE_ENDPOINT. Try `drove dev status`, or name another with --endpoint or DROVE_ENDPOINT\n");
    }

    @Test
    void something_that_is_no_controller_is_named() {
        controller.on("GET /applications", 200, "text/html", "<html>hello</html>");

        Shell.Result result = shell.run("apps", "list");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("something that is not JSON (HTTP 200, text/html); is it a Drove controller?");
    }

    @Test
    void a_follower_alone_cannot_serve() {
        controller.on("GET /applications", 400, "application/json", FakeController.capture("p2_standby_ping.json"));

        assertThat(shell.run("apps", "list").code()).isEqualTo(3);
    }

    @Test
    void the_leader_is_found_among_several_endpoints() {
        try (FakeController leader = new FakeController()) {
            controller.on("GET /ping", 400, "application/json", FakeController.capture("p2_standby_ping.json"));
            leader.data("GET /ping", "\"pong\"").recorded("GET /applications", "applications.json");

            Shell.Result result = shell.run("-e", controller.endpoint() + "," + leader.endpoint(), "apps", "list");

            assertThat(result.code()).isEqualTo(0);
            assertThat(result.out()).contains("TEST_APP-1");
        }
    }

    @Test
    void wrong_command_lines_are_explained_and_nothing_is_sent() {
        assertThat(shell.run().code()).isEqualTo(2);
        assertThat(shell.run("apps").err()).contains("Usage: drove apps");
        assertThat(shell.run("apps", "lst").err()).contains("lst");
        assertThat(shell.run("apps", "scale", "A-1", "many"))
                .isEqualTo(new Shell.Result(
                        2, "", "error: INSTANCES is \"many\"; it must be a whole number from 0 to 2048\n"));
        assertThat(shell.run("apps", "list", "-s", "9").err()).contains("--sort is \"9\"");
        assertThat(shell.run("apps", "list", "-o", "xml").err()).contains("it can be table, json, yaml");
        assertThat(shell.run("apps", "scale", "A-1", "2", "-t", "soon").err()).contains("--timeout is \"soon\"");
        assertThat(shell.run("apps", "scale", "A-1", "2", "-p", "0").err()).contains("--parallelism is \"0\"");
        assertThat(shell.run("apps", "scale", "A-1").code()).isEqualTo(2);
        assertThat(controller.requests()).isEmpty();
    }

    @Test
    void version_and_help_are_answers() {
        assertThat(shell.run("--version").out()).matches("drove \\d+\\.\\d+\\.\\d+\n");
        assertThat(shell.run("apps", "scale", "--help").out())
                .contains("--failure-strategy=STRATEGY", "APP_ID INSTANCES");
        assertThat(shell.run("--full-help").out()).contains("=".repeat(72), "Usage: drove describe instance");
        assertThat(shell.run("--print-completion", "bash").out()).contains("function _complete_drove()");
    }
}
