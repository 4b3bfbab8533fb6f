package io.drove.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.dist.endtoend.DevClusterFixture.Foreground;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code ./drove dev} as a user types it: in the foreground, in a data directory that does not exist yet, until Ctrl-C. */
@Tag("real")
class DevForegroundRealTest {
    // 128 and the number of SIGINT, as shells have it.
    private static final int INTERRUPTED = 130;

    @TempDir
    private Path home;

    private DevClusterFixture cluster;

    @AfterEach
    void remove() throws Exception {
        cluster.remove();
    }

    @Test
    void ctrl_c_ends_the_cluster_and_leaves_containers_unless_clean_up_was_asked_for() throws Exception {
        cluster = DevClusterFixture.untouched(home);

        Foreground first = cluster.upInForeground();

        JsonNode secrets = secrets();
        String password = secrets.path("password").asString();
        assertThat(List.of("password", "clusterSecret", "instanceSecret"))
                .extracting(name -> secrets.path(name).asString())
                .allMatch(secret -> secret.length() >= 20)
                .doesNotHaveDuplicates();
        for (String file : List.of("secrets.json", "controller.yml", "executor.yml", "dev.json")) {
            assertThat(permissions(file)).as(file).isEqualTo("rw-------");
        }
        assertThat(permissions("")).isEqualTo("rwx------");
        assertThat(first.said()).contains(password);
        assertThat(cluster.client("admin", password)
                        .applications()
                        .data()
                        .path("hello-1")
                        .isMissingNode())
                .isFalse();
        List<String> containers = cluster.containers();
        List<ProcessHandle> servers = List.of(cluster.process("controller"), cluster.process("executor"));

        assertThat(first.interrupt()).isEqualTo(INTERRUPTED);

        assertThat(first.said())
                .contains("stopped; containers are left running (drove dev stop --cleanup removes them)");
        assertThat(servers).noneMatch(ProcessHandle::isAlive);
        assertThat(cluster.containers()).isNotEmpty().isEqualTo(containers);

        Foreground second = cluster.upInForeground("--no-sample", "--cleanup");

        assertThat(secrets()).isEqualTo(secrets);
        assertThat(cluster.containers()).isEqualTo(containers);

        assertThat(second.interrupt()).isEqualTo(INTERRUPTED);

        assertThat(second.said()).contains("removed " + containers.size() + " containers of cluster ");
        assertThat(cluster.containers()).isEmpty();
    }

    private JsonNode secrets() throws Exception {
        return DevClusterFixture.JSON.readTree(cluster.data().resolve("secrets.json"));
    }

    private String permissions(String file) throws Exception {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(cluster.data().resolve(file)));
    }
}
