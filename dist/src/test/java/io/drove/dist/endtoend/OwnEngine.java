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
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Docker engine that a test may stop: data, socket and network namespace of its own, so that neither the machine's engine nor its bridge
 * and packet filter are touched.
 */
final class OwnEngine {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Path home;
    private final String namespace;
    private Process daemon;

    private OwnEngine(Path home, String namespace, Process daemon) {
        this.home = home;
        this.namespace = namespace;
        this.daemon = daemon;
    }

    static OwnEngine start() throws IOException, InterruptedException {
        // Not below /tmp, which may be a file system that overlays refuse.
        Path home = Files.createTempDirectory(Path.of("/var/tmp"), "drove-engine");
        String namespace = "drove-e2e-" + ProcessHandle.current().pid();
        run("ip", "netns", "add", namespace);
        run("ip", "-n", namespace, "link", "set", "lo", "up");
        OwnEngine engine = new OwnEngine(home, namespace, launch(home, namespace));
        engine.awaitAnswer();
        return engine;
    }

    Path socket() {
        return home.resolve("docker.sock");
    }

    /** Ends the daemon; its containers run on. */
    void stop() throws InterruptedException {
        daemon.destroy();
        assertThat(daemon.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    void startAgain() throws IOException {
        daemon = launch(home, namespace);
        awaitAnswer();
    }

    /** Ids and creation times of the containers that run. */
    List<String> running() throws IOException, InterruptedException {
        return EngineCommand.docker(
                        "-H", "unix://" + socket(), "ps", "--no-trunc", "--format", "{{.ID}} {{.CreatedAt}}")
                .lines()
                .sorted()
                .toList();
    }

    /** Ends it with all its containers. */
    void remove() throws IOException, InterruptedException {
        for (String container : running()) {
            EngineCommand.docker("-H", "unix://" + socket(), "rm", "-f", container.substring(0, 12));
        }
        stop();
        run("ip", "netns", "del", namespace);
        // dockerd mounts its data directory on itself, and layers below it.
        run(
                "sh",
                "-c",
                "awk -v home=" + home
                        + " 'index($2, home) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r umount -l; rm -rf "
                        + home);
    }

    private void awaitAnswer() {
        eventually().until(() -> new Engine(socket()).probe() instanceof EngineState.Running);
    }

    private static Process launch(Path home, String namespace) throws IOException {
        return new ProcessBuilder(
                        "nsenter",
                        "--net=/run/netns/" + namespace,
                        "dockerd",
                        "--live-restore",
                        "--host=unix://" + home.resolve("docker.sock"),
                        "--data-root=" + home.resolve("data"),
                        "--exec-root=" + home.resolve("run"),
                        "--pidfile=" + home.resolve("dockerd.pid"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("dockerd.log").toFile()))
                .start();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Command.Result result = Command.of(TIMEOUT, command).run();
        assertThat(result.isSuccess())
                .as("%s: %s", List.of(command), result.output())
                .isTrue();
    }
}
