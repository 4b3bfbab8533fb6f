package io.drove.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.bench.watch.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
@Timeout(180)
final class OwnEngineRealTest {
    private static final String NETWORK =
            "drove-bench-" + ProcessHandle.current().pid();

    @Test
    void an_own_engine_runs_containers_and_a_swarm_and_leaves_nothing_behind(@TempDir Path directory) throws Exception {
        try (OwnEngine engine = new OwnEngine(directory)) {
            engine.start();
            EngineCalls calls = engine.calls();
            importSampleImage(engine, directory);
            assertThat(calls.info().path("LiveRestoreEnabled").asBoolean(true)).isFalse();
            SwarmService.init(calls);
            SwarmService service = SwarmService.create(calls, "sample", true, 2);

            service.scaleAndRest(3);
            List<String> before = service.tasks().stream().map(SwarmTask::id).toList();
            service.replaceAll();
            Await.until(
                    "all replaced", Duration.ofSeconds(60), Await.COARSE, () -> service.isFull(3, Set.copyOf(before)));

            assertThat(service.tasks())
                    .allMatch(SwarmTask::isRunning)
                    .allMatch(task -> task.hostPort() > 0 && !task.container().isEmpty());
            assertThat(run("ip", "netns", "list")).contains(NETWORK);
            assertThat(run("ip", "link")).doesNotContain("docker_gwbridge");
        }

        assertThat(run("ip", "netns", "list")).doesNotContain(NETWORK);
        assertThat(commandLines()).noneMatch(line -> line.contains(directory.toString()));
    }

    /** A busybox that serves a health page, called as the services want it. */
    private static void importSampleImage(OwnEngine engine, Path directory) throws Exception {
        Path root = directory.resolve("image");
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("www"));
        Files.copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"));
        Files.createSymbolicLink(root.resolve("bin/wget"), Path.of("busybox"));
        Files.writeString(root.resolve("www/health"), "ok\n");
        Path tar = directory.resolve("image.tar");
        run("tar", "-C", root.toString(), "-cf", tar.toString(), ".");
        run(
                "docker",
                "--host=unix://" + engine.socket(),
                "import",
                "--change=ENV PATH=/bin",
                "--change=CMD [\"/bin/busybox\",\"httpd\",\"-f\",\"-p\",\"8000\",\"-h\",\"/www\"]",
                tar.toString(),
                "drove/hello:1");
    }

    private static List<String> commandLines() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .toList();
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", String.join(" ", command), output)
                .isZero();
        return output;
    }
}
