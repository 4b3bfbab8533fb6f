package io.drove.dist.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.platform.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code drove server} as a process. What has the default ports and directories runs in namespaces of its own, where it meets nobody. */
@Tag("real")
class ServerProcessRealTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void a_file_that_cannot_be_used_ends_the_process_with_2_and_says_where_and_what_was_meant() throws Exception {
        Path file = Files.writeString(directory.resolve("controller.yml"), """
                dataDirectory: %s
                server:
                  prot: 7
                """.formatted(directory.resolve("data")));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        Command.Result result =
                new Command(drove("server", "controller", "--config", file.toString()), Map.of(), LONG).run();

        assertThat(result.exitCode()).as(result.output()).isEqualTo(2);
        assertThat(result.output()).contains(file + ":3: server.prot: ").contains("did you mean \"port\"?");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void without_a_file_controller_and_executor_run_with_their_defaults() throws Exception {
        // Without /run the engine's socket is not there: an executor without a home would adopt other people's
        // containers.
        Process controller = start(
                "controller",
                List.of(
                        "unshare",
                        "--net",
                        "--mount",
                        "sh",
                        "-c",
                        "ip link set lo up && mkdir -p /var/lib/drove && mount -t tmpfs none /var/lib/drove"
                                + " && mount -t tmpfs none /run && exec \"$@\"",
                        "sh"));
        try {
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(get(controller, 10_000, "/apis/v1/cluster"))
                            .contains("200 OK", "\"leader\":\"127.0.0.1:10000\""));
            assertThat(get(controller, 10_001, "/health")).contains("200 OK");

            Process executor = start(
                    "executor", List.of("nsenter", "--net", "--mount", "--target", String.valueOf(controller.pid())));
            try {
                Awaitility.await()
                        .atMost(LONG)
                        .untilAsserted(() ->
                                assertThat(get(controller, 11_001, "/health")).contains("/var/run/docker.sock"));
            } finally {
                stop(executor);
            }
        } finally {
            stop(controller);
        }
    }

    private Process start(String role, List<String> prefix) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(drove("server", role));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(role + ".log").toFile())
                .start();
    }

    /** Tells a server to stop, as a supervisor does; each has become the JVM itself. */
    private static void stop(Process server) throws InterruptedException {
        server.destroy();
        assertThat(server.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(128 + 15);
    }

    /** What is answered in there, headers and all. */
    private static String get(Process inside, int port, String path) throws IOException, InterruptedException {
        String request =
                "GET " + path + " HTTP/1.1\\r\\nHost: 127.0.0.1:" + port + "\\r\\nConnection: close\\r\\n\\r\\n";
        return Command.of(
                        LONG,
                        "nsenter",
                        "--net",
                        "--target",
                        String.valueOf(inside.pid()),
                        "bash",
                        "-c",
                        "exec 3<>/dev/tcp/127.0.0.1/" + port + " && printf '" + request + "' >&3 && cat <&3")
                .run()
                .output();
    }

    private static List<String> drove(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.drove.dist.Main"));
        command.addAll(List.of(words));
        return command;
    }
}
