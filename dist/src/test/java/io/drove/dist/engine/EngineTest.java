package io.drove.dist.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    private Path directory;

    @Test
    void an_engine_that_answers_runs_and_tells_its_version() throws Exception {
        try (ServerSocketChannel listener = listen()) {
            answer(listener, "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{\"Version\":\"20.10.24\"}");

            assertThat(engine().probe()).isEqualTo(new EngineState.Running("20.10.24"));
        }
    }

    @Test
    void an_engine_that_accepts_and_stays_silent_hangs() throws Exception {
        try (ServerSocketChannel _ = listen()) {
            assertThat(engine().probe())
                    .isInstanceOfSatisfying(
                            EngineState.Hanging.class,
                            hanging -> assertThat(hanging.problem()).contains("no answer"));
        }
    }

    @Test
    void an_engine_in_trouble_hangs() throws Exception {
        try (ServerSocketChannel listener = listen()) {
            answer(listener, "HTTP/1.0 500 Internal Server Error\r\n\r\n{}");

            assertThat(engine().probe()).isEqualTo(new EngineState.Hanging("it answers with status 500"));
        }
    }

    @Test
    void something_else_behind_the_socket_is_named_as_such() throws Exception {
        try (ServerSocketChannel listener = listen()) {
            answer(listener, "220 mail ready\r\n\r\n");

            assertThat(engine().probe())
                    .isInstanceOfSatisfying(
                            EngineState.Hanging.class,
                            hanging -> assertThat(hanging.problem()).contains("does not speak HTTP"));
        }
    }

    @Test
    void without_a_listener_the_daemon_s_program_tells_what_stopped_from_what_is_not_there() throws Exception {
        assertThat(engine().probe()).isEqualTo(new EngineState.Absent());

        // The socket's file stays when the daemon dies.
        listen().close();
        assertThat(engine().probe()).isEqualTo(new EngineState.Absent());

        Path daemon =
                Files.createDirectories(directory.resolve("usr/local/bin")).resolve("dockerd");
        Files.createFile(daemon);
        assertThat(engine().probe()).isEqualTo(new EngineState.Absent());

        Files.setPosixFilePermissions(daemon, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(engine().probe()).isEqualTo(new EngineState.Stopped(daemon));

        Files.delete(directory.resolve("s"));
        assertThat(engine().probe()).isEqualTo(new EngineState.Stopped(daemon));
    }

    @Test
    void an_image_that_is_not_there_has_no_label() throws Exception {
        try (ServerSocketChannel listener = listen()) {
            answer(listener, "HTTP/1.0 404 Not Found\r\n\r\n{\"message\":\"No such image\"}");

            assertThat(engine().imageLabel("drove/hello:1", "label")).isEmpty();
        }
    }

    @Test
    void docker_host_chooses_the_socket() {
        assertThat(Engine.socketOf(Map.of("DOCKER_HOST", "unix:///run/user/1000/docker.sock")))
                .isEqualTo(Path.of("/run/user/1000/docker.sock"));
        assertThat(Engine.socketOf(Map.of())).isEqualTo(Engine.DEFAULT_SOCKET);
    }

    private Engine engine() {
        return new Engine(directory.resolve("s"), SHORT, new Machine(directory, "root"));
    }

    private ServerSocketChannel listen() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return listener.bind(UnixDomainSocketAddress.of(directory.resolve("s")));
    }

    /** Answers the next connection once its request is there. */
    static void answer(ServerSocketChannel listener, String text) {
        Thread.ofVirtual().start(() -> {
            try (SocketChannel connection = listener.accept()) {
                connection.read(ByteBuffer.allocate(4096));
                connection.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
