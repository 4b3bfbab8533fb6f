package io.drove.dist.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.cli.process.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ServerCommandTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_server_runs_until_one_of_its_listeners_has_ended() throws InterruptedException {
        Iterator<Optional<String>> looks = List.of(
                        Optional.<String>empty(), Optional.<String>empty(), Optional.of("api"))
                .iterator();

        assertThat(ServerCommand.awaitEnd(looks::next, Duration.ofMillis(1))).isEqualTo("api");
        assertThat(looks).isExhausted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"controller", "executor"})
    void a_file_that_cannot_be_used_is_2_and_told_with_line_and_nearest_key(String role) throws IOException {
        Path file = Files.writeString(directory.resolve("server.yml"), """
                # a comment
                server:
                  prot: 7
                """);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(run(role, "--config", file.toString())).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains(file + ":3: server.prot: found ", "did you mean \"port\"?");
    }

    @Test
    void a_file_that_is_not_there_an_unknown_role_and_an_unknown_flag_are_2() {
        assertThat(run("controller", "--config", directory.resolve("none.yml").toString()))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("none.yml");
        assertThat(run("gateway")).isEqualTo(2);
        assertThat(run("controller", "--file", "x")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("Usage: drove server controller|executor [--config FILE]");
    }

    private int run(String... words) {
        Environment process = Environment.ofProcess();
        PrintStream stream = new PrintStream(err, true, UTF_8);
        return ServerCommand.run(
                List.of(words),
                new Environment(
                        Map.of(),
                        directory,
                        InputStream.nullInputStream(),
                        stream,
                        stream,
                        () -> false,
                        () -> false,
                        process.zone(),
                        process.pace(),
                        process.endQuietlyOnInterrupt()));
    }
}
