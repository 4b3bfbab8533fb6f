package io.drove.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.executor.container.ContainerState;
import io.drove.executor.container.DockerEngine;
import io.drove.executor.container.TestImage;
import io.drove.model.app.AppSpec;
import io.drove.model.app.JobType;
import io.drove.model.check.CheckMode;
import io.drove.model.check.CheckSpec;
import io.drove.model.check.HttpScheme;
import io.drove.model.check.HttpVerb;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.container.Blob;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.PortSpec;
import io.drove.model.container.PortType;
import io.drove.model.container.PullPolicy;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import io.drove.model.resource.ResourceRequirement;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.model.time.TimeSpan;
import io.drove.model.wire.SpecDigest;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.Secret;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole executor on the real engine, with a leader made of frames. */
@Tag("real")
class ExecutorServerRealTest {
    @TempDir
    private Path data;

    private final FakeLeader leader = new FakeLeader(0, 3);
    private final DockerEngine engine = TestImage.engine();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<InstanceId> started = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // by startExecutor, first in each test
    private ExecutorServer executor;

    @BeforeAll
    static void image() throws Exception {
        TestImage.ensure();
    }

    @AfterEach
    void tidy() throws Exception {
        executor.close();
        leader.close();
        for (InstanceId id : started) {
            engine.remove("exectest-1-" + id);
        }
        engine.close();
    }

    private void startExecutor() throws IOException {
        startExecutor(ExecutorConfig.DEFAULT.options().dockerSocketPath());
        leader.awaitSession();
    }

    private void startExecutor(Path socket) throws IOException {
        ExecutorConfig d = ExecutorConfig.DEFAULT;
        ExecutorConfig.Options options = d.options();
        executor = ExecutorServer.start(
                new ExecutorConfig(
                        data.resolve("executor"),
                        new ExecutorConfig.Server("127.0.0.1", 0),
                        new ExecutorConfig.Admin("127.0.0.1", 0, false),
                        new ExecutorConfig.ClusterAuth(new Secret("test-secret"), List.of(), null),
                        new ExecutorConfig.Controllers(List.of(URI.create("http://127.0.0.1:1"), leader.uri())),
                        new ExecutorConfig.Resources(
                                List.of(),
                                100,
                                false,
                                List.of(),
                                new ExecutorConfig.OverProvisioned(true, 20, 1),
                                Map.of()),
                        new ExecutorConfig.Options(
                                options.hostname(),
                                options.cacheImages(),
                                options.maxOpenFiles(),
                                options.containerCommandTimeout(),
                                socket,
                                options.defaultUserSpec(),
                                options.publishAddress(),
                                options.hostPorts()),
                        d.logs(),
                        d.dockerAuth()),
                Map.of("FROM_HOST", "host value"),
                "test");
    }

    @Test
    void an_executor_whose_engine_is_not_there_yet_says_so_and_joins_when_it_is() throws Exception {
        Path socket = data.resolve("late.sock");

        startExecutor(socket);

        Awaitility.await().untilAsserted(() -> assertThat(health()).contains("late.sock"));
        assertThat(health()).contains("\"healthy\":false").contains("\"session\":false");
        Files.createSymbolicLink(socket, ExecutorConfig.DEFAULT.options().dockerSocketPath());
        leader.awaitSession();
        Awaitility.await().untilAsserted(() -> assertThat(health()).contains("\"healthy\":true"));
    }

    private String health() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + executor.adminPort() + "/health");
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static CheckSpec check(CheckMode mode) {
        return new CheckSpec(mode, TimeSpan.ofSeconds(2), TimeSpan.ofSeconds(1), 3, TimeSpan.ofSeconds(0));
    }

    private static CheckMode get() {
        return new CheckMode.Http(
                HttpScheme.HTTP,
                "main",
                "/",
                HttpVerb.GET,
                new TreeSet<>(List.of(200)),
                "",
                TimeSpan.ofSeconds(1),
                false);
    }

    private static AppSpec spec(List<String> args, String image, PreShutdownSpec preShutdown) {
        return new AppSpec(
                "exectest",
                "1",
                new Executable.Docker(image, TimeSpan.ofSeconds(20), PullPolicy.IF_NOT_PRESENT),
                List.of(new PortSpec("main", 8080, PortType.HTTP)),
                List.of(),
                List.of(new ConfigSpec.Inline(
                        "/www/conf.txt", Blob.of("from config".getBytes(StandardCharsets.UTF_8)))),
                JobType.SERVICE,
                LoggingSpec.DEFAULT,
                List.of(new ResourceRequirement.Cpu(1), new ResourceRequirement.Memory(32)),
                new PlacementPolicy.Any(),
                check(new CheckMode.Command("test -f /www/conf.txt || cat /www/conf.txt", false)),
                check(get()),
                Map.of(),
                Map.of("FROM_HOST", ""),
                args,
                List.of(),
                null,
                preShutdown,
                null,
                List.of());
    }

    private InstanceId start(AppSpec spec) {
        UUID uuid = UUID.randomUUID();
        InstanceId id =
                new InstanceId(InstanceId.Kind.APP, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        started.add(id);
        String digest = SpecDigest.of(spec);
        leader.say(new ToExecutor.Spec(digest, spec));
        leader.say(new ToExecutor.Start(
                leader.nextOrder(),
                3,
                id,
                spec.id(),
                digest,
                new Allocation(0, CoreSet.of(23 + started.size()), 32),
                "token-of-the-instance"));
        return id;
    }

    private InstanceId startWeb() {
        return start(spec(
                List.of("sh", "-c", "echo hello from $DROVE_INSTANCE_ID; exec httpd -f -p 8080 -h /www"),
                TestImage.NAME,
                PreShutdownSpec.NONE));
    }

    private String body(String url) throws Exception {
        return get(url).body();
    }

    private HttpResponse<String> get(String url) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header(ClusterSecret.HEADER, "test-secret")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void instance_lives_from_order_to_stop() throws Exception {
        startExecutor();
        InstanceId id = startWeb();
        InstanceReport report = leader.await(id, InstanceState.HEALTHY);

        int port = report.ports().getFirst().hostPort();
        assertThat(body("http://127.0.0.1:" + port + "/conf.txt")).isEqualTo("from config");
        assertThat(report.error()).isEmpty();
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
        assertThat(engine.inspect("exectest-1-" + id)).isEmpty();
        assertThat(body(logs + "/read/output.log?offset=0")).contains("hello from " + id);
    }

    @Test
    void killed_container_is_noticed_at_once() throws Exception {
        startExecutor();
        InstanceId id = startWeb();
        leader.await(id, InstanceState.HEALTHY);
        ContainerState state = engine.inspect("exectest-1-" + id).orElseThrow();

        ProcessHandle.of(state.pid()).orElseThrow().destroyForcibly();

        InstanceReport report = leader.await(id, InstanceState.STOPPED);
        assertThat(report.error()).isEqualTo("Container exited with status: 137");
    }

    @Test
    void restarted_executor_adopts_its_containers_and_they_are_healthy_in_the_first_report() throws Exception {
        startExecutor();
        InstanceId id = startWeb();
        leader.await(id, InstanceState.HEALTHY);
        ContainerState before = engine.inspect("exectest-1-" + id).orElseThrow();
        String executorId = executor.id().value();
        executor.close();
        assertThat(leader.frames).anyMatch(ToController.Leaving.class::isInstance);
        leader.frames.clear();
        leader.states.clear();

        startExecutor();

        assertThat(leader.states).containsExactly(InstanceState.HEALTHY);
        assertThat(executor.id().value()).isEqualTo(executorId);
        assertThat(engine.inspect("exectest-1-" + id).orElseThrow().pid()).isEqualTo(before.pid());
        leader.say(new ToExecutor.Stop(leader.nextOrder(), 3, id, "test"));
        leader.await(id, InstanceState.STOPPED);
    }

    @Test
    void instance_that_never_listens_fails_with_a_reason_and_its_container_goes() throws Exception {
        startExecutor();
        InstanceId id = start(spec(List.of("sleep", "1000"), TestImage.NAME, PreShutdownSpec.NONE));

        InstanceReport report = leader.await(id, InstanceState.STOPPED);

        assertThat(report.error()).startsWith("Readiness check failed: Healthcheck error from http://localhost:");
        assertThat(engine.inspect("exectest-1-" + id)).isEmpty();
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
