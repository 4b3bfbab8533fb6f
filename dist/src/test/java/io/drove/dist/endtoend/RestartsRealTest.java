package io.drove.dist.endtoend;

import static io.drove.dist.endtoend.DevClusterFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.platform.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever of ours is killed or stopped, the containers run on and are taken up again. */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartsRealTest {
    private static final int INSTANCES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private DevClusterFixture cluster;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        SampleImageFixture.ensure();
        cluster = DevClusterFixture.start(home, Map.of(), "{}");
        Path spec = cluster.file("stays.json", HelloSpec.named("stays").toString());
        cluster.drove("apps", "create", spec.toString(), "--instances", "" + INSTANCES, "--parallelism", "3", "--wait")
                .succeeded();
    }

    @AfterAll
    void stop() throws Exception {
        cluster.remove();
    }

    @ParameterizedTest
    @ValueSource(strings = {"executor", "controller"})
    void a_killed_server_comes_back_and_finds_the_same_containers(String server) throws Exception {
        Set<String> instances = new TreeSet<>(cluster.healthyIds("stays-1"));
        List<String> containers = running();
        assertThat(containers).hasSize(INSTANCES);
        ProcessHandle process = cluster.process(server);

        process.destroyForcibly();

        eventually().until(() -> cluster.process(server).pid() != process.pid());
        eventually().until(() -> hasSession() && cluster.healthyIds("stays-1").size() == INSTANCES);
        assertThat(running()).isEqualTo(containers);
        assertThat(new TreeSet<>(cluster.healthyIds("stays-1"))).isEqualTo(instances);
        // It is more than a view: what is asked for now is done.
        cluster.drove("apps", "scale", "stays-1", "" + (INSTANCES + 1), "--wait")
                .succeeded();
        cluster.drove("apps", "scale", "stays-1", "" + INSTANCES, "--wait").succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"executor", "controller"})
    void a_server_that_stands_still_for_ten_seconds_goes_on_and_nothing_is_replaced(String server) throws Exception {
        Set<String> instances = new TreeSet<>(cluster.healthyIds("stays-1"));
        List<String> containers = running();
        assertThat(containers).hasSize(INSTANCES);
        ProcessHandle process = cluster.process(server);

        signal("STOP", process);
        try {
            // Longer than the silence after which an executor is lost, and than all checks of a spec together.
            Awaitility.await().pollDelay(PAUSE).atMost(PAUSE.multipliedBy(2)).until(() -> true);
        } finally {
            signal("CONT", process);
        }

        eventually().until(() -> hasSession() && cluster.healthyIds("stays-1").size() == INSTANCES);
        cluster.drove("apps", "scale", "stays-1", "" + (INSTANCES + 1), "--wait")
                .succeeded();
        assertThat(cluster.healthyIds("stays-1")).containsAll(instances);
        assertThat(running()).hasSize(INSTANCES + 1).containsAll(containers);
        assertThat(cluster.process(server).pid()).isEqualTo(process.pid());
        cluster.drove("apps", "scale", "stays-1", "" + INSTANCES, "--wait").succeeded();
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        Command.Result sent = Command.of(Duration.ofSeconds(10), "kill", "-" + name, "" + process.pid())
                .run();
        assertThat(sent.isSuccess()).as(sent.output()).isTrue();
    }

    @Test
    void a_cluster_that_is_stopped_and_started_finds_the_same_containers() throws Exception {
        Set<String> instances = new TreeSet<>(cluster.healthyIds("stays-1"));
        List<String> containers = running();

        cluster.drove("dev", "stop", "--data-dir", cluster.data().toString()).succeeded();
        assertThat(running()).isEqualTo(containers);
        cluster.up("--no-sample");

        eventually().until(() -> cluster.healthyIds("stays-1").size() == INSTANCES);
        assertThat(new TreeSet<>(cluster.healthyIds("stays-1"))).isEqualTo(instances);
        assertThat(running()).isEqualTo(containers);
    }

    private boolean hasSession() throws Exception {
        return ApiCall.get(cluster.executorAdmin().resolve("/health")).status() == 200;
    }

    private static List<String> running() throws Exception {
        return EngineCommand.docker(
                        "ps", "--no-trunc", "--filter", "name=^/stays-1-", "--format", "{{.ID}} {{.CreatedAt}}")
                .lines()
                .sorted()
                .toList();
    }
}
