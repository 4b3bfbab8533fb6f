package io.drove.dist.endtoend;

import static io.drove.dist.endtoend.DevClusterFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The same life on Podman: only the socket in the configuration differs. */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PodmanRealTest {
    private static final int INSTANCES = 2;

    private PodmanFixture podman;
    private DevClusterFixture cluster;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        podman = PodmanFixture.start();
        SampleImageFixture.ensure(podman.socket());
        cluster = DevClusterFixture.start(home, Map.of("DOCKER_HOST", "unix://" + podman.socket()), "{}");
    }

    @AfterAll
    void stop() throws Exception {
        cluster.remove();
        podman.remove();
    }

    @Test
    void an_app_lives_from_its_creation_to_its_end() throws Exception {
        run("alive");

        JsonNode instance = cluster.healthy("alive-1").getFirst();
        String id = instance.path("instanceId").asString();
        int port = instance.path("localInfo")
                .path("ports")
                .path("main")
                .path("hostPort")
                .asInt();
        assertThat(ApiCall.get(URI.create("http://127.0.0.1:" + port + "/")).body())
                .contains(id);
        // The cpuset and the memory limit are what was ordered, or it would say so.
        assertThat(instance.path("errorMessage").asString("")).isEmpty();
        eventually()
                .until(() -> cluster.drove("appinstances", "tail", "alive-1", id, "--no-follow", "--lines", "1000")
                        .out()
                        .contains("serving as " + id));

        cluster.drove("apps", "scale", "alive-1", "0", "--wait").succeeded();
        cluster.drove("apps", "destroy", "alive-1", "--wait").succeeded();
        eventually()
                .until(() ->
                        podman.podman("ps", "-aq", "--filter", "name=alive-1").isEmpty());
    }

    @Test
    void a_killed_container_is_replaced() throws Exception {
        run("hit");
        String victim = cluster.healthyIds("hit-1").getFirst();

        ProcessHandle.of(podman.processOf(victim)).orElseThrow().destroyForcibly();

        eventually().until(() -> cluster.healthyIds("hit-1"), ids -> ids.size() == INSTANCES && !ids.contains(victim));
        assertThat(cluster.client()
                        .instance("hit-1", victim)
                        .data()
                        .path("errorMessage")
                        .asString(""))
                .isEqualTo("Container exited with status: 137");
    }

    @Test
    void containers_outlive_the_executor_and_podman_s_service_and_are_taken_up_again() throws Exception {
        run("kept");
        Set<String> instances = new TreeSet<>(cluster.healthyIds("kept-1"));
        List<String> containers = podman.running();
        ProcessHandle executor = cluster.process("executor");

        executor.destroyForcibly();

        eventually().until(() -> cluster.process("executor").pid() != executor.pid());
        eventually().until(() -> isJoined() && cluster.healthyIds("kept-1").size() == INSTANCES);
        podman.stop();
        eventually().until(() -> !isJoined());
        podman.startAgain();
        eventually().until(this::isJoined);
        cluster.drove("apps", "scale", "kept-1", "" + (INSTANCES + 1), "--wait").succeeded();
        assertThat(cluster.healthyIds("kept-1")).containsAll(instances);
        assertThat(podman.running()).containsAll(containers);
        assertThat(cluster.client().oldInstances("kept-1").data()).isEmpty();
    }

    private boolean isJoined() throws Exception {
        return ApiCall.get(cluster.executorAdmin().resolve("/health")).status() == 200;
    }

    private void run(String name) throws Exception {
        Path spec = cluster.file(name + ".json", HelloSpec.named(name).toString());
        cluster.drove("apps", "create", spec.toString(), "--instances", "" + INSTANCES, "--parallelism", "2", "--wait")
                .succeeded();
    }
}
