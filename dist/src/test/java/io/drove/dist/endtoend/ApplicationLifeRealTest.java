package io.drove.dist.endtoend;

import static io.drove.dist.endtoend.DevClusterFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.dist.endtoend.DevClusterFixture.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of applications on a real engine, by the command line. */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplicationLifeRealTest {
    private DevClusterFixture cluster;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        SampleImageFixture.ensure();
        cluster = DevClusterFixture.start(home, Map.of(), "{}");
    }

    @AfterAll
    void stop() throws Exception {
        cluster.remove();
    }

    @Test
    void an_app_is_created_scaled_restarted_within_its_budget_scaled_to_nothing_and_destroyed() throws Exception {
        Path spec = cluster.file("life.json", HelloSpec.named("life").toString());

        cluster.drove("apps", "create", spec.toString(), "--instances", "5", "--parallelism", "5", "--wait")
                .succeeded();
        assertThat(cluster.healthy("life-1")).hasSize(5);

        cluster.drove("apps", "scale", "life-1", "10", "--parallelism", "5", "--wait")
                .succeeded();
        List<String> before = cluster.healthyIds("life-1");
        assertThat(before).hasSize(10);

        FewestHealthy watch = new FewestHealthy(cluster, "life-1");
        Said restart = cluster.drove("apps", "restart", "life-1", "--parallelism", "2", "--wait");
        FewestHealthy.Seen seen = watch.end();
        restart.succeeded();
        assertThat(seen.fewest()).isGreaterThanOrEqualTo(10);
        // Two at a time make five rounds, of which each was seen.
        assertThat(seen.changes()).isGreaterThanOrEqualTo(5);
        assertThat(cluster.healthyIds("life-1")).hasSize(10).doesNotContainAnyElementsOf(before);

        cluster.drove("apps", "scale", "life-1", "0", "--parallelism", "10", "--wait")
                .succeeded();
        assertThat(cluster.healthy("life-1")).isEmpty();
        assertThat(cluster.state("life-1")).isEqualTo("MONITORING");

        cluster.drove("apps", "destroy", "life-1").succeeded();
        eventually().until(() -> !cluster.client().applications().data().has("life-1"));
        eventually().until(() -> EngineCommand.containersOf("life-1").isEmpty());
    }

    @Test
    void a_killed_container_is_replaced() throws Exception {
        Path spec = cluster.file("killed.json", HelloSpec.named("killed").toString());
        cluster.drove("apps", "create", spec.toString(), "--instances", "2", "--parallelism", "2", "--wait")
                .succeeded();
        String victim = cluster.healthyIds("killed-1").getFirst();

        EngineCommand.killProcessOf(victim);

        eventually().until(() -> cluster.healthyIds("killed-1"), ids -> ids.size() == 2 && !ids.contains(victim));
        assertThat(cluster.client()
                        .instance("killed-1", victim)
                        .data()
                        .path("errorMessage")
                        .asString(""))
                .isNotEmpty();
    }

    @Test
    void the_ports_of_instances_are_open_on_this_machine_alone() throws Exception {
        Path spec = cluster.file("near.json", HelloSpec.named("near").toString());
        cluster.drove("apps", "create", spec.toString(), "--instances", "2", "--parallelism", "2", "--wait")
                .succeeded();

        for (JsonNode instance : cluster.healthy("near-1")) {
            int port = instance.path("localInfo")
                    .path("ports")
                    .path("main")
                    .path("hostPort")
                    .asInt();
            String bindings = EngineCommand.docker(
                    "inspect",
                    "--format",
                    "{{json .NetworkSettings.Ports}}",
                    EngineCommand.containerOf(instance.path("instanceId").asString()));
            assertThat(bindings).isEqualTo("{\"8000/tcp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"" + port + "\"}]}");
            assertThat(ListeningSockets.on(port)).containsExactly("127.0.0.1");
        }
    }

    @Test
    void six_mistakes_in_a_spec_get_six_answers() throws Exception {
        Path spec = cluster.file("mistakes.json", """
                {
                  "name": "bad name", "version": "1", "type": "SERVICE",
                  "executable": {"type": "DOCKER", "url": "drove/hello:1", "dockerPullTimeout": "soon"},
                  "exposedPorts": [{"name": "main", "port": 80000, "type": "HTTP"}],
                  "resources": [{"type": "CPU", "count": 1}, {"type": "MEMORY", "sizeInMB": 64}],
                  "placementPolicy": {"type": "SOMEWHERE"},
                  "healthcheck": {"mode": {"type": "HTTP", "protocol": "HTTP", "portName": "main", "path": "/", "verb": "FETCH", "successCodes": [200]},
                                  "timeout": "1 second", "interval": "1 second", "attempts": 3},
                  "readiness": {"mode": {"type": "HTTP", "protocol": "HTTP", "portName": "main", "path": "/", "verb": "GET", "successCodes": [200]},
                                "timeout": "1 second", "interval": "1 second", "attempts": 1000}
                }
                """);

        Said said = cluster.drove("apps", "create", spec.toString());

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err().lines().filter(line -> line.startsWith("  "))).hasSize(6);
        assertThat(said.err()).contains("name", "dockerPullTimeout", "port", "placementPolicy", "verb", "attempts");
    }

    @Test
    void an_app_that_never_becomes_ready_fails_at_the_deadline_and_can_be_destroyed() throws Exception {
        Path spec = cluster.file("never.json", HelloSpec.neverReady("never").toString());
        cluster.drove("apps", "create", spec.toString(), "--wait").succeeded();

        Said scale = cluster.drove("apps", "scale", "never-1", "1", "--timeout", "5s", "--wait");

        assertThat(scale.exitCode()).isEqualTo(1);
        assertThat(scale.err()).contains("FAILED").contains("0 of 1");
        eventually().until(() -> cluster.state("never-1"), "MONITORING"::equals);
        JsonNode operation = cluster.client().operations("never-1").data().get(0);
        assertThat(operation.path("reason").asString(operation.path("message").asString("")))
                .isNotEmpty();
        cluster.drove("apps", "destroy", "never-1", "--wait").succeeded();
        assertThat(cluster.client().applications().data().has("never-1")).isFalse();
        eventually().until(() -> EngineCommand.containersOf("never-1").isEmpty());
    }

    @Test
    void logs_are_listed_read_and_fetched() throws Exception {
        Path spec = cluster.file("talks.json", HelloSpec.named("talks").toString());
        cluster.drove("apps", "create", spec.toString(), "--instances", "1", "--wait")
                .succeeded();
        String instance = cluster.healthyIds("talks-1").getFirst();
        Path file = cluster.data().resolve("fetched.log");

        assertThat(cluster.drove("appinstances", "logs", "talks-1", instance)
                        .succeeded()
                        .out())
                .contains("output.log");
        assertThat(cluster.drove("appinstances", "tail", "talks-1", instance, "--no-follow", "--lines", "1000")
                        .succeeded()
                        .out())
                .contains("serving as " + instance);
        cluster.drove("appinstances", "download", "talks-1", instance, "output.log", "--out", file.toString())
                .succeeded();
        assertThat(Files.readString(file)).contains("serving as " + instance);
    }

    @Test
    void an_unknown_field_of_a_spec_is_a_warning_and_strict_creates_nothing() throws Exception {
        Path odd = cluster.file(
                "odd.json", HelloSpec.named("odd").put("colour", "red").toString());
        Path bad = cluster.file(
                "bad.json", HelloSpec.named("bad name").put("colour", "red").toString());

        Said strict = cluster.drove("apps", "create", odd.toString(), "--strict");

        assertThat(strict.exitCode()).isEqualTo(1);
        assertThat(strict.out()).isEmpty();
        assertThat(strict.err()).startsWith("warning: colour is not known").contains("error: nothing was created");
        assertThat(cluster.client().applications().data().has("odd-1")).isFalse();

        Said lenient = cluster.drove("apps", "create", odd.toString());

        assertThat(lenient.succeeded().out()).startsWith("CREATE of odd-1 accepted");
        assertThat(lenient.err())
                .startsWith("warning: spec.colour is not known")
                .hasLineCount(1);
        assertThat(cluster.client().applications().data().has("odd-1")).isTrue();

        Said refused = cluster.drove("apps", "create", bad.toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("bad name", "warning: spec.colour is not known");
    }

    @Test
    void instances_are_added_replaced_and_killed_by_name_and_all_of_it_is_shown() throws Exception {
        Path spec = cluster.file("shown.json", HelloSpec.named("shown").toString());
        cluster.drove("apps", "create", spec.toString(), "--instances", "1", "--wait")
                .succeeded();
        String first = cluster.healthyIds("shown-1").getFirst();

        JsonNode read = DevClusterFixture.JSON.readTree(said("apps", "spec", "shown-1"));
        assertThat(read.path("name").asString()).isEqualTo("shown");
        assertThat(read.path("executable").path("url").asString()).isEqualTo("drove/hello:1");

        assertThat(said("apps", "deploy", "shown-1", "2", "--parallelism", "2", "--wait"))
                .isEqualTo("START_INSTANCES of shown-1: SUCCEEDED, 3 of 3 done\n");
        List<String> three = cluster.healthyIds("shown-1");
        assertThat(three).hasSize(3).contains(first);

        said("appinstances", "replace", "shown-1", first, "--wait");
        List<String> replaced = cluster.healthyIds("shown-1");
        assertThat(replaced)
                .hasSize(3)
                .doesNotContain(first)
                .containsAll(three.stream().filter(id -> !id.equals(first)).toList());

        String victim = replaced.getFirst();
        said("appinstances", "kill", "shown-1", victim, "--wait");
        List<String> left = cluster.healthyIds("shown-1");
        assertThat(left).isEqualTo(replaced.subList(1, 3));

        assertThat(words("apps", "summary", "shown-1"))
                .contains("Id shown-1", "State RUNNING", "Required Instances 2", "Healthy Instances 2")
                .noneMatch(line -> line.startsWith("Not Placed"));
        String operation = cluster.client()
                .operations("shown-1")
                .data()
                .get(0)
                .path("operationId")
                .asString();
        assertThat(words("operations", "show", operation))
                .contains("Operation ID " + operation, "App ID shown-1", "Type STOP_INSTANCES", "State SUCCEEDED");

        String host = cluster.healthy("shown-1")
                .getFirst()
                .path("localInfo")
                .path("hostname")
                .asString();
        assertThat(words("describe", "instance", "shown-1", left.getFirst()))
                .contains("Health [OK] HEALTHY", "Instance ID " + left.getFirst(), "Host " + host);
    }

    @Test
    void the_cluster_and_its_executor_are_shown_with_what_runs_on_it() throws Exception {
        Path spec = cluster.file("there.json", HelloSpec.named("there").toString());
        cluster.drove("apps", "create", spec.toString(), "--instances", "1", "--wait")
                .succeeded();
        String instance = cluster.healthyIds("there-1").getFirst();
        JsonNode executor = cluster.client().executors().data().get(0);
        String id = executor.path("executorId").asString();
        String host = executor.path("hostname").asString();

        assertThat(words("executor", "info", id))
                .contains("ID " + id, "Host " + host, "State ACTIVE")
                .anyMatch(line -> line.matches("NUMA node 0 cores \\d+ free, [1-9]\\d* used"));
        assertThat(words("describe", "executor", id))
                .contains("ID " + id, "Host " + host, "Application instances")
                .anyMatch(line -> line.startsWith("there-1 " + instance + " HEALTHY 1 "));
        assertThat(words("describe", "cluster"))
                .contains("State NORMAL", "Number of live executors 1")
                .anyMatch(line -> line.startsWith(id + " " + host + " "));
    }

    @Test
    void an_operation_is_cancelled() throws Exception {
        Path spec = cluster.file("endless.json", HelloSpec.neverReady("endless").toString());
        cluster.drove("apps", "create", spec.toString()).succeeded();
        cluster.drove("apps", "scale", "endless-1", "1").succeeded();

        assertThat(said("apps", "cancelop", "endless-1")).isEqualTo("the operation on endless-1 is being cancelled\n");

        eventually()
                .until(
                        () -> cluster.client()
                                .operations("endless-1")
                                .data()
                                .get(0)
                                .path("state")
                                .asString(),
                        "CANCELLED"::equals);
        eventually().until(() -> cluster.state("endless-1"), "MONITORING"::equals);
    }

    @Test
    void why_an_instance_has_no_place_is_said_where_one_looks_for_it() throws Exception {
        ObjectNode alone = HelloSpec.named("alone");
        alone.putObject("placementPolicy").put("type", "ONE_PER_HOST");
        ObjectNode wide = HelloSpec.named("wide");
        ((ObjectNode) wide.path("resources").get(0)).put("count", 500);
        Path aloneFile = cluster.file("alone.json", alone.toString());
        Path wideFile = cluster.file("wide.json", wide.toString());
        cluster.drove("apps", "create", aloneFile.toString(), "--instances", "2", "--parallelism", "2")
                .succeeded();
        cluster.drove("apps", "create", wideFile.toString()).succeeded();

        eventually().until(() -> cluster.client().application("alone-1").data().has("notPlaced"));
        String why = "Not Placed No executor of 1 fits: 1 have enough instances of this app";
        assertThat(words("apps", "summary", "alone-1")).anyMatch(line -> line.startsWith(why));
        assertThat(words("describe", "app", "alone-1")).anyMatch(line -> line.startsWith(why));

        Said refused = cluster.drove("apps", "scale", "wide-1", "1");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "  Cluster does not have enough CPU. Required: 500 Available: ",
                        "  No executor of 1 fits: 1 have too few free cores on one NUMA node; nearest: ");
    }

    private String said(String... words) throws Exception {
        return cluster.drove(words).succeeded().out();
    }

    /** The lines of what a command prints, each with single spaces. */
    private List<String> words(String... words) throws Exception {
        return said(words)
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }
}
