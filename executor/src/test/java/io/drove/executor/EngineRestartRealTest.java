package io.drove.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.executor.container.ContainerState;
import io.drove.executor.container.DockerEngine;
import io.drove.executor.container.RegistryCredentials;
import io.drove.executor.container.TestImage;
import io.drove.model.app.AppSpec;
import io.drove.model.app.JobType;
import io.drove.model.check.CheckMode;
import io.drove.model.check.CheckSpec;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.PullPolicy;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import io.drove.model.session.ToExecutor;
import io.drove.model.time.TimeSpan;
import io.drove.model.wire.SpecBytes;
import io.drove.platform.security.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An engine of our own, stopped and started again under running instances. */
@Tag("real")
@SuppressWarnings("NullAway.Init") // the fields that the set-up fills
class EngineRestartRealTest {
    private static final CheckSpec CHECK = new CheckSpec(
            new CheckMode.Command("true", false),
            TimeSpan.ofSeconds(2),
            TimeSpan.ofMillis(200),
            3,
            TimeSpan.ofSeconds(0));

    private final FakeLeader leader = new FakeLeader(0, 1);
    private Path home;
    private Process dockerd;
    private DockerEngine engine;
    private ExecutorServer executor;

    @BeforeEach
    void setUp() throws Exception {
        TestImage.ensure();
        home = Files.createTempDirectory("drove-engine");
        startEngine();
        Process load = new ProcessBuilder(
                        "sh", "-c", "docker save " + TestImage.NAME + " | docker -H unix://" + socket() + " load")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("load.log").toFile())
                .start();
        assertThat(load.waitFor(60, TimeUnit.SECONDS)).isTrue();
        ExecutorConfig d = ExecutorConfig.DEFAULT;
        executor = ExecutorServer.start(
                new ExecutorConfig(
                        home.resolve("executor"),
                        new ExecutorConfig.Server("127.0.0.1", 0),
                        new ExecutorConfig.Admin("127.0.0.1", 0, false),
                        new ExecutorConfig.ClusterAuth(new Secret("test-secret"), List.of(), null),
                        new ExecutorConfig.Controllers(List.of(leader.uri())),
                        d.resources(),
                        new ExecutorConfig.Options(
                                null,
                                true,
                                0,
                                Duration.ofSeconds(30),
                                socket(),
                                null,
                                null,
                                d.options().hostPorts()),
                        d.logs(),
                        d.dockerAuth()),
                Map.of(),
                "test");
        leader.awaitSession();
    }

    @AfterEach
    void tearDown() throws Exception {
        executor.close();
        leader.close();
        for (var container : engine.list("drove.instance.id")) {
            engine.remove(container.id());
        }
        engine.close();
        stopEngine();
        Process removal = new ProcessBuilder("sh", "-c", "umount " + home + "/data; rm -rf " + home).start();
        assertThat(removal.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private Path socket() {
        return home.resolve("docker.sock");
    }

    private void startEngine() throws IOException {
        // In a network namespace of its own: an engine without a bridge removes the one of the machine's engine
        // otherwise.
        dockerd = new ProcessBuilder(
                        "unshare",
                        "--net",
                        "dockerd",
                        "--live-restore",
                        "--bridge=none",
                        "--iptables=false",
                        "--ip-forward=false",
                        "--data-root=" + home.resolve("data"),
                        "--exec-root=" + home.resolve("exec"),
                        "--pidfile=" + home.resolve("pid"),
                        "-H",
                        "unix://" + socket())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("dockerd.log").toFile()))
                .start();
        engine = new DockerEngine(socket(), Duration.ofSeconds(30), RegistryCredentials.NONE);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> !engine.version().apiVersion().isEmpty());
    }

    private void stopEngine() throws InterruptedException {
        dockerd.destroy();
        assertThat(dockerd.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private InstanceId start(int core) {
        AppSpec spec = new AppSpec(
                "exectest",
                "1",
                new Executable.Docker(TestImage.NAME, TimeSpan.ofSeconds(20), PullPolicy.NEVER),
                List.of(),
                List.of(),
                List.of(),
                JobType.SERVICE,
                LoggingSpec.DEFAULT,
                List.of(),
                new PlacementPolicy.Any(),
                CHECK,
                CHECK,
                Map.of(),
                Map.of(),
                List.of("sh", "-c", "i=0; while true; do echo line $i; i=$((i+1)); sleep 0.1; done"),
                List.of(),
                null,
                PreShutdownSpec.NONE,
                null,
                List.of());
        UUID uuid = UUID.randomUUID();
        InstanceId id =
                new InstanceId(InstanceId.Kind.APP, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        String digest = SpecBytes.digest(spec);
        leader.say(new ToExecutor.Spec(digest, spec));
        leader.say(new ToExecutor.Start(
                leader.nextOrder(), 1, id, spec.id(), digest, new Allocation(0, CoreSet.of(core), 32), null));
        leader.await(id, InstanceState.HEALTHY);
        return id;
    }

    private ContainerState state(InstanceId id) throws Exception {
        return engine.inspect("exectest-1-" + id).orElseThrow();
    }

    private boolean isEngineHeard() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + executor.adminPort() + "/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("\"engine\":\"listening\"");
        }
    }

    @Test
    void restart_of_the_engine_replaces_nobody_and_tells_of_who_died_meanwhile() throws Exception {
        InstanceId first = start(0);
        InstanceId second = start(1);
        long pid = state(first).pid();
        long otherPid = state(second).pid();

        stopEngine();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !isEngineHeard());
        leader.states.clear();
        ProcessHandle.of(otherPid).orElseThrow().destroyForcibly();
        long checkedWhileAway = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> System.nanoTime() > checkedWhileAway);
        assertThat(leader.states).isEmpty();
        startEngine();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::isEngineHeard);

        InstanceReport dead = leader.await(second, InstanceState.STOPPED);
        assertThat(dead.error()).startsWith("Container exited with status:");
        assertThat(state(first).pid()).isEqualTo(pid);
        assertThat(leader.instances.get(first)).isNotNull().matches(report -> report.state() == InstanceState.HEALTHY);
        Path log = home.resolve("executor/logs/exectest-1")
                .resolve(first.toString())
                .resolve("output.log");
        long before = Files.size(log);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(log) > before);
        List<String> lines = Files.readAllLines(log);
        for (int i = 0; i < lines.size() - 1; i++) {
            assertThat(lines.get(i)).isEqualTo("line " + i);
        }
        leader.say(new ToExecutor.Stop(leader.nextOrder(), 1, first, "test"));
        leader.await(first, InstanceState.STOPPED);
    }
}
