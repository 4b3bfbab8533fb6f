package io.drove.dist.endtoend;

import static io.drove.dist.endtoend.DevClusterFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.dist.endtoend.DevClusterFixture.Said;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The supervisor itself. */
@Tag("real")
class DevCommandRealTest {
    @TempDir
    private Path home;

    private DevClusterFixture cluster;

    @AfterEach
    void remove() throws Exception {
        cluster.remove();
    }

    @Test
    void the_sample_comes_up_and_its_page_names_the_instance() throws Exception {
        cluster = DevClusterFixture.prepare(home, Map.of());

        Said up = cluster.up();

        String instance = cluster.healthyIds("hello-1").getFirst();
        URI address = URI.create(up.out().replaceAll("(?s).*(http://127\\.0\\.0\\.1:\\d+/) answers.*", "$1"));
        assertThat(ApiCall.get(address).body()).contains("instance " + instance + " of hello-1");
        assertThat(up.out()).contains("./drove apps scale hello-1 5 --wait", cluster.endpoint() + "/apis/v1");
        assertThat(cluster.drove("apps", "list").succeeded().out()).contains("hello-1");
    }

    @Test
    void a_second_start_says_that_one_is_running_and_a_taken_port_is_named_with_its_process() throws Exception {
        cluster = DevClusterFixture.prepare(home, Map.of());
        cluster.up("--no-sample");
        String controller = "" + cluster.process("controller").pid();

        Said again = cluster.start("--no-sample");
        Said elsewhere =
                cluster.start("--no-sample", "--data-dir", home.resolve("other").toString());

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.out())
                .contains("is already running", cluster.endpoint().toString());
        assertThat(elsewhere.exitCode()).isEqualTo(1);
        assertThat(elsewhere.out())
                .contains(
                        "port " + cluster.endpoint().getPort() + " (controller API) is taken by process " + controller);
    }

    @Test
    void the_end_of_the_supervisor_ends_the_servers_and_leaves_containers_which_clean_up_removes() throws Exception {
        cluster = DevClusterFixture.prepare(home, Map.of());
        cluster.up();
        List<ProcessHandle> servers = List.of(cluster.process("controller"), cluster.process("executor"));
        List<String> containers = cluster.containers();
        String foreign =
                EngineCommand.docker("run", "-d", "--label", "drove.cluster.id=another-cluster", "drove/hello:1");
        try {
            // What Ctrl-C does too: the supervisor ends by a signal.
            cluster.process("supervisor").destroy();

            eventually().until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(containers).isNotEmpty().isEqualTo(cluster.containers());
            eventually().until(() -> status().exitCode() == 1);

            cluster.remove();

            assertThat(cluster.containers()).isEmpty();
            assertThat(EngineCommand.docker("inspect", "--format", "{{.State.Running}}", foreign))
                    .isEqualTo("true");
        } finally {
            EngineCommand.docker("rm", "-f", foreign);
        }
    }

    @Test
    void what_a_killed_supervisor_left_behind_is_ended_by_the_next_start_which_finds_the_same_containers()
            throws Exception {
        cluster = DevClusterFixture.prepare(home, Map.of());
        cluster.up();
        List<ProcessHandle> servers = List.of(cluster.process("controller"), cluster.process("executor"));
        Set<String> instances = new TreeSet<>(cluster.healthyIds("hello-1"));
        ProcessHandle supervisor = cluster.process("supervisor");
        supervisor.destroyForcibly();
        eventually().until(() -> !supervisor.isAlive());

        Said up = cluster.up();

        assertThat(up.out()).contains("of a run that did not end properly");
        assertThat(servers).noneMatch(ProcessHandle::isAlive);
        eventually().until(() -> new TreeSet<>(cluster.healthyIds("hello-1")), instances::equals);
    }

    @Test
    void an_engine_that_is_not_there_is_said_and_nothing_is_started() throws Exception {
        cluster = DevClusterFixture.prepare(home, Map.of("DOCKER_HOST", "unix://" + home.resolve("no.sock")));

        Said said = cluster.start("--no-sample");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out()).contains("no Docker engine answers at " + home.resolve("no.sock"));
        assertThat(status().exitCode()).isEqualTo(1);
    }

    @Test
    void status_tells_scripts_all_they_need() throws Exception {
        cluster = DevClusterFixture.prepare(home, Map.of());
        cluster.up("--no-sample");

        JsonNode status = DevClusterFixture.JSON.readTree(status().succeeded().out());

        assertThat(status.path("running").asBoolean()).isTrue();
        assertThat(status.path("endpoint").asString())
                .isEqualTo(cluster.endpoint().toString());
        assertThat(status.path("username").asString()).isEqualTo(DevClusterFixture.USERNAME);
        assertThat(status.path("password").asString()).isEqualTo(DevClusterFixture.PASSWORD);
        assertThat(status.path("dataDirectory").asString())
                .isEqualTo(cluster.data().toString());
        assertThat(status.path("processes")
                        .valueStream()
                        .map(process -> process.path("name").asString()))
                .containsExactlyInAnyOrder("supervisor", "controller", "executor");
        assertThat(status.path("processes").valueStream())
                .allMatch(process ->
                        ProcessHandle.of(process.path("pid").asLong()).isPresent());
    }

    private Said status() throws Exception {
        return cluster.drove("dev", "status", "--data-dir", cluster.data().toString(), "-o", "json");
    }
}
