package io.drove.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.executor.container.ContainerState;
import io.drove.executor.container.TestImage;
import io.drove.model.check.CheckMode;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.model.time.TimeSpan;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole executor on the real engine, with a leader made of frames. */
@Tag("real")
class ExecutorServerRealTest extends ExecutorOnEngine {
    @Test
    void an_executor_whose_engine_is_not_there_yet_says_so_and_joins_when_it_is() throws Exception {
        Path socket = data.resolve("late.sock");

        startExecutor(options(socket));

        Awaitility.await().untilAsserted(() -> assertThat(health()).contains("late.sock"));
        assertThat(health()).contains("\"healthy\":false").contains("\"session\":false");
        Files.createSymbolicLink(socket, ExecutorConfig.DEFAULT.options().dockerSocketPath());
        leader.awaitSession();
        assertThat(leader.takesDifferences()).isTrue();
        Awaitility.await().untilAsserted(() -> assertThat(health()).contains("\"healthy\":true"));
    }

    @Test
    void instance_lives_from_order_to_stop() throws Exception {
        startExecutor();
        InstanceId id = startWeb();
        InstanceReport report = leader.await(id, InstanceState.HEALTHY);

        int port = report.ports().getFirst().hostPort();
        assertThat(body("http://127.0.0.1:" + port + "/conf.txt")).isEqualTo("from config");
        assertThat(report.error()).isEmpty();
        Awaitility.await()
                .untilAsserted(() -> assertThat(metrics())
                        .contains("drove_executor_limits_verified_total{found=\"as_ordered\"} 1.0"));
        assertThat(leader.await(id, InstanceState.HEALTHY).error()).isEmpty();
        String logs = "http://127.0.0.1:" + executor.port() + "/apis/v1/logs/filestream/exectest-1/" + id;
        assertThat(body(logs + "/list")).isEqualTo("{\"files\":[\"output.log\"]}");
        Awaitility.await().until(() -> body(logs + "/read/output.log?offset=0").contains("hello from " + id));
        assertThat(http.send(
                                HttpRequest.newBuilder(URI.create(logs + "/list"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo("{\"code\":401,\"message\":\"HTTP 401 Unauthorized\"}");
        assertThat(get("http://127.0.0.1:" + executor.adminPort() + "/health").statusCode())
                .isEqualTo(200);
        assertThat(body("http://127.0.0.1:" + executor.adminPort() + "/metrics"))
                .contains("drove_executor_instances_healthy 1.0");
        assertThat(engine.list("drove.instance.id=" + id).toString()).doesNotContain("token-of-the-instance");

        leader.say(new ToExecutor.Stop(leader.nextOrder(), 3, id, "test"));
        leader.await(id, InstanceState.STOPPED);
        assertThat(engine.inspect(container(id))).isEmpty();
        assertThat(body(logs + "/read/output.log?offset=0")).contains("hello from " + id);
    }

    @Test
    void killed_container_is_noticed_at_once() throws Exception {
        startExecutor();
        InstanceId id = startWeb();
        leader.await(id, InstanceState.HEALTHY);
        ContainerState state = engine.inspect(container(id)).orElseThrow();

        ProcessHandle.of(state.pid()).orElseThrow().destroyForcibly();

        InstanceReport report = leader.await(id, InstanceState.STOPPED);
        assertThat(report.error()).isEqualTo("Container exited with status: 137");
    }

    @Test
    void restarted_executor_adopts_its_containers_and_they_are_healthy_in_the_first_report() throws Exception {
        startExecutor();
        InstanceId id = startWeb();
        leader.await(id, InstanceState.HEALTHY);
        ContainerState before = engine.inspect(container(id)).orElseThrow();
        String executorId = executor.id().value();
        executor.close();
        assertThat(leader.frames).anyMatch(ToController.Leaving.class::isInstance);
        leader.frames.clear();
        leader.states.clear();

        startExecutor();

        assertThat(leader.states).containsExactly(InstanceState.HEALTHY);
        assertThat(executor.id().value()).isEqualTo(executorId);
        assertThat(engine.inspect(container(id)).orElseThrow().pid()).isEqualTo(before.pid());
        leader.say(new ToExecutor.Stop(leader.nextOrder(), 3, id, "test"));
        leader.await(id, InstanceState.STOPPED);
    }

    @Test
    void instance_that_never_listens_fails_with_a_reason_and_its_container_goes() throws Exception {
        startExecutor();
        InstanceId id = start(spec(List.of("sleep", "1000"), TestImage.NAME, PreShutdownSpec.NONE));

        InstanceReport report = leader.await(id, InstanceState.STOPPED);

        assertThat(report.error()).startsWith("Readiness check failed: Healthcheck error from http://localhost:");
        assertThat(engine.inspect(container(id))).isEmpty();
    }

    @Test
    void missing_image_fails_with_the_originals_phrase() throws Exception {
        startExecutor();
        InstanceId id = start(spec(List.of(), "127.0.0.1:1/none:1", PreShutdownSpec.NONE));

        InstanceReport report = leader.await(id, InstanceState.STOPPED);

        assertThat(report.error()).startsWith("Error while pulling image 127.0.0.1:1/none:1: ");
    }

    @Test
    void port_that_somebody_took_is_replaced_by_another() throws Exception {
        startExecutor();
        InstanceId first = startWeb();
        int port = leader.await(first, InstanceState.HEALTHY).ports().getFirst().hostPort();

        try (ServerSocket taken = new ServerSocket(port + 1)) {
            InstanceId second = startWeb();
            assertThat(leader.await(second, InstanceState.HEALTHY)
                            .ports()
                            .getFirst()
                            .hostPort())
                    .isGreaterThan(taken.getLocalPort());
        }
    }

    @Test
    void hooks_run_before_the_stop() throws Exception {
        startExecutor();
        PreShutdownSpec hooks = new PreShutdownSpec(
                List.of(new CheckMode.Command("echo bye > /proc/1/fd/1", false)), TimeSpan.ofMillis(200));
        InstanceId id = start(spec(List.of(), TestImage.NAME, hooks));
        leader.await(id, InstanceState.HEALTHY);
        leader.say(new ToExecutor.Stop(leader.nextOrder(), 3, id, "test"));
        leader.await(id, InstanceState.STOPPED);

        String logs = "http://127.0.0.1:" + executor.port() + "/apis/v1/logs/filestream/exectest-1/" + id;
        assertThat(body(logs + "/read/output.log?offset=0")).contains("bye");
    }
}
