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
        assertThat(watch.end()).isGreaterThanOrEqualTo(10);
        restart.succeeded();
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
}
