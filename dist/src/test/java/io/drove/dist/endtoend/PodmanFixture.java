package io.drove.dist.endtoend;

import static io.drove.dist.endtoend.DevClusterFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.dist.engine.Engine;
import io.drove.dist.engine.EngineState;
import io.drove.platform.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Podman's service with storage and socket of its own. With runc: crun refuses machines that have control groups of both versions. */
final class PodmanFixture {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Path home;
    private Process service;

    private PodmanFixture(Path home, Process service) {
        this.home = home;
        this.service = service;
    }

    static PodmanFixture start() throws IOException, InterruptedException {
        assertThat(Command.of(TIMEOUT, "podman", "--version").run().isSuccess())
                .as("podman runs; on Debian: apt-get install podman runc")
                .isTrue();
        // Not below /tmp, which may be a file system that overlays refuse.
        Path home = Files.createTempDirectory(Path.of("/var/tmp"), "drove-podman");
        PodmanFixture podman = new PodmanFixture(home, launch(home));
        podman.awaitAnswer();
        return podman;
    }

    Path socket() {
        return home.resolve("podman.sock");
    }

    /** Runs {@code podman WORDS} on this storage. */
    String podman(String... words) throws IOException, InterruptedException {
        List<String> command = command(home);
        command.addAll(List.of(words));
        Command.Result result = new Command(command, java.util.Map.of(), TIMEOUT).run();
        assertThat(result.isSuccess())
                .as("%s: %s", List.of(words), result.output())
                .isTrue();
        return result.output().strip();
    }

    /** Ids and creation times of the containers that run. */
    List<String> running() throws IOException, InterruptedException {
        return podman("ps", "--no-trunc", "--format", "{{.ID}} {{.CreatedAt}}")
                .lines()
                .sorted()
                .toList();
    }

    /** The first process of an instance's container. */
    long processOf(String instanceId) throws IOException, InterruptedException {
        String container = podman("ps", "-q", "--filter", "label=drove.instance.id=" + instanceId);
        return Long.parseLong(podman("inspect", "--format", "{{.State.Pid}}", container));
    }

    /** Ends the service; containers run on. */
    void stop() throws InterruptedException {
        service.destroy();
        assertThat(service.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    void startAgain() throws IOException {
        service = launch(home);
        awaitAnswer();
    }

    /** Ends it with all its containers. */
    void remove() throws IOException, InterruptedException {
        podman("rm", "--force", "--all", "--time", "0");
        stop();
        Command.Result removal = Command.of(
                        TIMEOUT,
                        "sh",
                        "-c",
                        "awk -v home=" + home
                                + " 'index($2, home) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r umount -l; rm -rf "
                                + home)
                .run();
        assertThat(removal.isSuccess()).as(removal.output()).isTrue();
    }

    private void awaitAnswer() {
        eventually().until(() -> new Engine(socket()).probe() instanceof EngineState.Running);
    }

    private static List<String> command(Path home) {
        return new ArrayList<>(List.of(
                "podman",
                "--root=" + home.resolve("data"),
                "--runroot=" + home.resolve("run"),
                "--tmpdir=" + home.resolve("tmp"),
                "--runtime=runc",
                "--cgroup-manager=cgroupfs",
                "--events-backend=file"));
    }

    private static Process launch(Path home) throws IOException {
        Files.deleteIfExists(home.resolve("podman.sock"));
        List<String> command = command(home);
        command.addAll(List.of("system", "service", "--time=0", "unix://" + home.resolve("podman.sock")));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("podman.log").toFile()))
                .start();
    }
}
