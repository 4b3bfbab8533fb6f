package io.drove.executor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.model.container.Blob;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.PortType;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.CoreSet;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class DockerEngineRealTest {
    private final DockerEngine engine = TestImage.engine();
    private final String name = "drove-executor-test-" + UUID.randomUUID();

    @BeforeAll
    static void image() throws Exception {
        TestImage.ensure();
    }

    @AfterEach
    void tidy() throws EngineException {
        engine.remove(name);
        engine.close();
    }

    private ContainerDescription description(List<String> args, PortBinding... ports) {
        return new ContainerDescription(
                name,
                TestImage.NAME,
                args,
                Map.of("GREETING", "hi"),
                Map.of("drove.test", name),
                List.of(ports),
                PublishedOn.EVERYWHERE,
                List.of(),
                CoreSet.of(0),
                OptionalInt.of(0),
                64L << 20,
                new ContainerLimits(1_024, OptionalLong.empty()),
                LoggingSpec.DEFAULT,
                "tag",
                List.of(),
                null);
    }

    private void run(String script) throws EngineException {
        engine.create(description(List.of("sh", "-c", script)));
        engine.start(name);
    }

    @Test
    void engine_says_who_it_is() throws EngineException {
        assertThat(engine.version().apiVersion()).isNotEmpty();
        assertThat(engine.hasImage(TestImage.NAME)).isTrue();
        assertThat(engine.hasImage("drove-no-such:1")).isFalse();
    }

    @Test
    void container_is_made_started_inspected_stopped_and_removed() throws EngineException {
        assertThat(engine.inspect(name)).isEmpty();
        engine.create(description(List.of("sleep", "1000")));
        assertThat(engine.inspect(name)).get().matches(state -> !state.isRunning() && !state.wasStarted());
        engine.start(name);
        assertThat(engine.inspect(name)).get().matches(state -> state.isRunning() && state.pid() > 0);
        assertThat(engine.list("drove.test=" + name)).singleElement().satisfies(listed -> {
            assertThat(listed.name()).isEqualTo(name);
            assertThat(listed.state()).isEqualTo("running");
        });

        engine.stop(name, Duration.ZERO);
        assertThat(engine.inspect(name)).get().matches(state -> !state.isRunning() && state.wasStarted());
        engine.remove(name);
        engine.remove(name);
        assertThat(engine.inspect(name)).isEqualTo(Optional.empty());
    }

    @Test
    void files_environment_and_commands_reach_the_container() throws EngineException {
        engine.create(description(List.of("sleep", "1000")));
        byte[] content = "from outside".getBytes(StandardCharsets.UTF_8);
        String longPath = "/config/" + "d".repeat(90) + "/" + "f".repeat(60);
        engine.putFiles(
                name,
                List.of(
                        new InjectedFile("/etc/made/app.conf", Blob.of(content)),
                        new InjectedFile(longPath, Blob.of(new byte[1_000]))));
        engine.start(name);

        CommandResult result = engine.execute(
                name,
                List.of("sh", "-c", "cat /etc/made/app.conf; echo \" $GREETING\" >&2; exit 3"),
                Duration.ofSeconds(10));
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output()).contains("from outside").contains(" hi");
        assertThat(engine.execute(name, List.of("cat", longPath), Duration.ofSeconds(10))
                        .exitCode())
                .isZero();
    }

    @Test
    void hanging_command_is_killed_at_its_timeout() throws EngineException {
        run("sleep 1000");

        CommandResult result = engine.execute(name, List.of("sleep", "987"), Duration.ofMillis(300));

        assertThat(result.hasTimedOut()).isTrue();
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").endsWith("sleep 987")))
                .allMatch(process -> !process.isAlive());
    }

    @Test
    void taken_port_is_named() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            PortBinding port = new PortBinding("main", 8080, taken.getLocalPort(), PortType.HTTP);
            engine.create(description(List.of("sleep", "1000"), port));

            assertThatThrownBy(() -> engine.start(name)).isInstanceOfSatisfying(EngineException.class, e -> {
                assertThat(e.code()).isEqualTo(EngineException.Code.PORT_TAKEN);
                assertThat(e.takenPort()).isEqualTo(taken.getLocalPort());
            });
        }
    }

    @Test
    void end_of_a_container_is_told_at_once() throws Exception {
        BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
        CountDownLatch listening = new CountDownLatch(1);
        Thread watcher = Thread.ofVirtual().start(() -> {
            try {
                engine.watchEnds("drove.test", new EndSink() {
                    @Override
                    public void listening() {
                        listening.countDown();
                    }

                    @Override
                    public void ended(Map<String, String> labels, int exitCode) {
                        if (name.equals(labels.get("drove.test"))) {
                            ends.add(exitCode);
                        }
                    }
                });
            } catch (EngineException expectedAtTheEnd) {
                ends.add(-1);
            }
        });
        assertThat(listening.await(10, TimeUnit.SECONDS)).isTrue();

        run("exit 7");

        assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(7);
        watcher.interrupt();
        assertThat(watcher.join(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void output_is_followed_to_the_end_and_resumed_at_a_timestamp() throws Exception {
        run("for i in 1 2 3; do echo line $i; done; echo oops >&2");

        List<Said> all = follow(OutputPosition.START);

        assertThat(of(OutputSource.STDOUT, all))
                .extracting(Said::text)
                .containsExactly("line 1\n", "line 2\n", "line 3\n");
        assertThat(of(OutputSource.STDERR, all)).extracting(Said::text).containsExactly("oops\n");
        // The engine reads the two streams side by side: only within each the order is fixed.
        for (Said from : all) {
            List<Said> again = follow(new OutputPosition(from.time()));
            for (OutputSource source : OutputSource.values()) {
                List<Said> wanted = of(source, all).stream()
                        .filter(said -> !said.time().isBefore(from.time()))
                        .toList();
                assertThat(of(source, again)).endsWith(wanted.toArray(new Said[0]));
            }
            assertThat(of(from.source(), again).getFirst()).isEqualTo(from);
        }
    }

    private record Said(OutputSource source, Instant time, String text) {}

    private static List<Said> of(OutputSource source, List<Said> all) {
        return all.stream().filter(said -> said.source() == source).toList();
    }

    private List<Said> follow(OutputPosition position) throws EngineException {
        List<Said> all = new ArrayList<>();
        engine.followOutput(
                name,
                position,
                (source, timestamp, text) ->
                        all.add(new Said(source, Instant.parse(timestamp), new String(text, StandardCharsets.UTF_8))));
        return all;
    }

    @Test
    void missing_image_and_missing_registry_are_told_apart_from_a_missing_engine() {
        assertThatThrownBy(() -> engine.create(new ContainerDescription(
                        name,
                        "drove-no-such:1",
                        List.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        PublishedOn.EVERYWHERE,
                        List.of(),
                        CoreSet.of(0),
                        OptionalInt.empty(),
                        64L << 20,
                        new ContainerLimits(1_024, OptionalLong.empty()),
                        LoggingSpec.DEFAULT,
                        "tag",
                        List.of(),
                        null)))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineException.Code.NOT_FOUND));
        assertThatThrownBy(() -> engine.pull("127.0.0.1:1/none:1", Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.isWorthRetry()).isTrue());
        try (DockerEngine absent =
                new DockerEngine(Path.of("/nowhere/docker.sock"), Duration.ofSeconds(1), RegistryCredentials.NONE)) {
            assertThatThrownBy(absent::version)
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineException.Code.ABSENT))
                    .hasMessageContaining("/nowhere/docker.sock");
        }
    }
}
