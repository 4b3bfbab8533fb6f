package io.drove.dist.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.executor.container.DockerEngine;
import io.drove.executor.container.RegistryCredentials;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class ScriptedEngineTest {
    @TempDir
    Path directory;

    @Test
    void a_container_lives_as_the_executor_sees_it_from_create_to_remove() throws Exception {
        Path socket = directory.resolve("engine.sock");
        try (ScriptedEngine _ = ScriptedEngine.listen(socket);
                DockerEngine engine =
                        new DockerEngine(socket, Duration.ofSeconds(5), new RegistryCredentials(Map.of()))) {
            call(socket, "POST /containers/create?name=one", "{\"Labels\":{\"app\":\"web\"}}");

            assertThat(engine.hasImage("any/image:1")).isTrue();
            assertThat(engine.inspect("one").orElseThrow().isRunning()).isFalse();
            engine.start("one");
            assertThat(engine.inspect("one").orElseThrow().isRunning()).isTrue();
            assertThat(engine.list("app")).singleElement().satisfies(listed -> {
                assertThat(listed.state()).isEqualTo("running");
                assertThat(listed.labels()).containsEntry("app", "web");
            });
            engine.stop("one", Duration.ZERO);
            assertThat(engine.inspect("one").orElseThrow().isRunning()).isFalse();
            engine.remove("one");
            assertThat(engine.inspect("one")).isEmpty();
        }
    }

    private static void call(Path socket, String line, String body) throws Exception {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            String request = line + " HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            Channels.newOutputStream(channel).write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(Channels.newInputStream(channel).read()).isEqualTo('H');
        }
    }
}
