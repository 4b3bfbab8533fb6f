package io.drove.dist.endtoend;

import static io.drove.dist.endtoend.DevClusterFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine is stopped for a while, with live-restore, and started again. */
@Tag("real")
class EngineRestartRealTest {
    private static final int INSTANCES = 3;
    // Long enough for several checks of each kind to fail.
    private static final Duration OUTAGE = Duration.ofSeconds(8);

    @TempDir
    private Path home;

    private OwnEngine engine;
    private DevClusterFixture cluster;

    @BeforeEach
    void start() throws Exception {
        engine = OwnEngine.start();
        SampleImageFixture.ensure(engine.socket());
        cluster = DevClusterFixture.start(home, Map.of("DOCKER_HOST", "unix://" + engine.socket()), "{}");
    }

    @AfterEach
    void stop() throws Exception {
        cluster.remove();
        engine.remove();
    }

    @Test
    void no_instance_is_replaced() throws Exception {
        Path spec = cluster.file("calm.json", HelloSpec.checkedInside("calm").toString());
        cluster.drove("apps", "create", spec.toString(), "--instances", "" + INSTANCES, "--parallelism", "3", "--wait")
                .succeeded();
        Set<String> instances = new TreeSet<>(cluster.healthyIds("calm-1"));
        List<String> containers = engine.running();
        assertThat(containers).hasSize(INSTANCES);

        engine.stop();
        Awaitility.await().pollDelay(OUTAGE).until(() -> true);
        engine.startAgain();

        eventually()
                .until(() ->
                        ApiCall.get(cluster.executorAdmin().resolve("/health")).status() == 200);
        Awaitility.await().pollDelay(OUTAGE).until(() -> true);
        assertThat(engine.running()).isEqualTo(containers);
        eventually().until(() -> new TreeSet<>(cluster.healthyIds("calm-1")), instances::equals);
        assertThat(cluster.client().oldInstances("calm-1").data()).isEmpty();
    }
}
