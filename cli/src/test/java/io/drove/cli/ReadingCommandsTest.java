package io.drove.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.client.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingCommandsTest {
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
    void apps_list_is_a_table_under_the_headers_of_the_original() {
        controller.recorded("GET /applications", "applications.json");

        Shell.Result result = shell.run("apps", "list");

        assertThat(result).isEqualTo(new Shell.Result(0, """
                Id          Name      State    Total CPU  Total Memory(MB)  Required Instances  Healthy Instances  Created               Updated
                ----------  --------  -------  ---------  ----------------  ------------------  -----------------  --------------------  --------------------
                TEST_APP-1  TEST_APP  RUNNING          3               192                   3                  3  23/11/2026, 02:40:53  23/11/2026, 02:41:00
                """, ""));
        assertThat(controller.requests()).hasSize(1);
    }

    @Test
    void instances_are_sorted_by_the_column_that_was_asked_for() {
        controller.recorded("GET /applications/TEST_APP-1/instances", "instances.json");

        Shell.Result result = shell.run("appinstances", "list", "TEST_APP-1", "-s", "5", "-r");

        assertThat(result.out()).isEqualTo("""
                Instance ID                              Executor Host  Ports       State    Error Message  Created               Last Updated
                ---------------------------------------  -------------  ----------  -------  -------------  --------------------  --------------------
                AI-a6509208-028d-413e-a125-e31e266017a6  localhost      main:34801  HEALTHY                 23/11/2026, 02:40:57  23/11/2026, 02:40:58
                AI-31e55f4a-0556-4ba0-b25f-a88673c9351e  localhost      main:40541  HEALTHY                 23/11/2026, 02:40:57  23/11/2026, 02:40:58
                AI-b620fa11-fbb2-422c-be29-468fdd67cbd2  localhost      main:42131  HEALTHY                 23/11/2026, 02:40:54  23/11/2026, 02:40:58
                """);
    }

    @Test
    void old_instances_are_asked_for_by_the_short_flag_of_the_original() {
        controller.recorded("GET /applications/TEST_APP-1/instances/old", "instances_old_page.json");

        assertThat(shell.run("appinstances", "list", "TEST_APP-1", "-o").out()).contains("STOPPED");
    }

    @Test
    void the_cluster_is_summed_up_in_six_lines() {
        controller.recorded("GET /cluster", "running_cluster.json");

        assertThat(shell.run("cluster", "summary").out()).isEqualTo("""
                State                     NORMAL
                Leader Controller         localhost:4000
                Cores                     0 of 40 used (0%), 40 free
                Memory                    0 MB of 20488 MB used (0%), 20488 MB free
                Number of live executors  1
                Applications              0 in all, 0 active
                """);
    }

    @Test
    void json_is_the_data_and_nothing_else() {
        controller.recorded("GET /applications/TEST_APP-1/instances", "instances.json");

        Shell.Result result = shell.run("appinstances", "list", "TEST_APP-1", "--output", "json");

        byte[] recorded = FakeController.capture("instances.json").getBytes(StandardCharsets.UTF_8);
        assertThat(Json.read(result.out().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Json.read(recorded).path("data"));
        assertThat(result.err()).isEmpty();
    }

    @Test
    void yaml_is_the_data_too() {
        controller.recorded("GET /cluster/executors", "running_cluster_executors.json");

        assertThat(shell.run("executor", "list", "-o", "yaml").out())
                .contains("- executorId: \"93b6b6f3-c7c8-3824-afc9-cb6d0b32454c\"\n", "\n  freeCores: 37\n");
    }

    @Test
    void endpoints_are_filtered_by_virtual_host() {
        controller.recorded("GET /endpoints", "running_endpoints.json");

        assertThat(shell.run("cluster", "endpoints", "-v", "test-app.local").out())
                .isEqualTo("""
                Virtual Host    App ID      Hosts
                --------------  ----------  -----------------------------------------------------
                test-app.local  TEST_APP-1  localhost:42131, localhost:40541, localhost:34801
                """.replace("-----------------------------------------------------", "-".repeat(49)));
        assertThat(shell.run("cluster", "endpoints", "-v", "other", "-o", "json")
                        .out())
                .isEqualTo("[]\n");
    }

    @Test
    void why_instances_have_no_place_is_shown_if_any_has_none() {
        controller
                .data("GET /applications/A-1", "{\"id\":\"A-1\",\"notPlaced\":\"No executor of 2 fits\"}")
                .data("GET /applications/B-1", "{\"id\":\"B-1\"}");

        assertThat(shell.run("apps", "summary", "A-1").out()).contains("\nNot Placed          No executor of 2 fits\n");
        assertThat(shell.run("apps", "summary", "B-1").out())
                .contains("Healthy Instances")
                .doesNotContain("Not Placed");
    }

    @Test
    void an_instance_with_metadata_can_be_shown() {
        controller.data("GET /applications/A-1/instances/AI-1", """
                {"appId":"A-1","instanceId":"AI-1","state":"HEALTHY","metadata":{"rack":"r1","zone":"z"},
                 "resources":[{"type":"CPU","cores":{"0":[2,3]}},{"type":"MEMORY","memoryInMB":{"0":64}}],"errorMessage":""}""");

        assertThat(shell.run("appinstances", "info", "A-1", "AI-1").out())
                .contains("Metadata       rack=r1, zone=z\n", "CPU            node 0: [2,3]\n");
    }

    @Test
    void describe_app_shows_its_checks_and_its_json_has_three_parts() {
        controller.recorded("GET /applications/TEST_APP-1", "application_MONITORING.json");
        controller.recorded("GET /applications/TEST_APP-1/instances", "instances.json");
        controller.data("GET /applications/TEST_APP-1/spec", """
                {"executable":{"url":"hello:1"},"healthcheck":{"mode":{"type":"HTTP","portName":"main","path":"/health"},"interval":"10 seconds"}}""");

        assertThat(shell.run("describe", "app", "TEST_APP-1").out())
                .contains("Health check        HTTP main /health every 10 seconds\n", "Instances\n---------\n");
        assertThat(Json.read(shell.run("describe", "app", "TEST_APP-1", "-j")
                                .out()
                                .getBytes(StandardCharsets.UTF_8))
                        .propertyNames())
                .containsExactly("summary", "spec", "instances");
    }

    @Test
    void describe_app_shows_how_far_its_operations_came() {
        controller.recorded("GET /applications/TEST_APP-1", "application_MONITORING.json");
        controller.recorded("GET /applications/TEST_APP-1/instances", "instances.json");
        controller.data("GET /applications/TEST_APP-1/spec", "{}");
        controller.data("GET /applications/TEST_APP-1/operations", """
                [{"operationId":"OP-1","type":"SCALE_INSTANCES","state":"FAILED","progress":{"wanted":5,"done":3,"failed":2},"created":1,"ended":2,"reason":"no progress"}]""");

        assertThat(shell.run("describe", "app", "TEST_APP-1").out())
                .contains("Operations\n----------\n")
                .containsPattern("OP-1 +SCALE_INSTANCES +FAILED +3 of 5 +2 ");
    }

    @Test
    void a_hostile_app_cannot_steer_the_terminal() {
        controller.data("GET /applications/A-1/instances", """
                [{"instanceId":"AI-1\\u001b]0;gone\\u0007","state":"LOST","errorMessage":"a\\u001b[2Jb\\nc\\u009b31m\\u202edcba","created":1}]""");

        Shell.Result table = shell.run("appinstances", "list", "A-1");
        Shell.Result json = shell.run("appinstances", "list", "A-1", "--output", "json");

        assertThat(table.out()).contains("a\\u001b[2Jb\\nc\\u009b31m\\u202edcba", "AI-1\\u001b]0;gone\\u0007");
        assertThat(table.out()).doesNotContain("\u001b", "\u009b", "\u202e", "\u0007");
        assertThat(json.out()).doesNotContain("\u001b", "\u009b", "\u202e", "\u0007");
    }
}
