package io.drove.dist.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineSetupTest {
    @TempDir
    private Path directory;

    private final List<String> progress = new ArrayList<>();

    @Test
    void an_engine_that_hangs_is_neither_installed_nor_started_again() throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket()));

            assertThatThrownBy(() -> setup().ensureRunning())
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("hangs")
                    .hasMessageContaining("restart");
        }
        assertThat(progress).isEmpty();
    }

    @Test
    void an_engine_that_somebody_named_is_not_ours_to_start() {
        assertThatThrownBy(() -> setup().ensureRunning())
                .isInstanceOf(SetupException.class)
                .hasMessageContaining(socket().toString())
                .hasMessageContaining("DOCKER_HOST");
        assertThat(progress).isEmpty();
    }

    private EngineSetup setup() {
        return new EngineSetup(new Engine(socket(), Duration.ofMillis(200)), directory, true, progress::add);
    }

    private Path socket() {
        return directory.resolve("docker.sock");
    }
}
