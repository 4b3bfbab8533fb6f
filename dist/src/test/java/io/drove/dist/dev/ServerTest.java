package io.drove.dist.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.platform.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest implements Server.Listener {
    @TempDir
    private Path directory;

    private static final Duration SHORT = Duration.ofMillis(300);

    private final BlockingQueue<ProcessHandle> starts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    private final Server server = new Server("controller", () -> new ProcessBuilder("sleep", "300"), SHORT, this);

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void a_server_that_is_killed_is_started_again() throws Exception {
        server.start();
        ProcessHandle first = next(starts);

        first.destroyForcibly();

        assertThat(next(ends)).isEqualTo(128 + 9);
        assertThat(next(starts).pid()).isNotEqualTo(first.pid());
    }

    @Test
    void a_server_that_is_stopped_stays_so() throws Exception {
        server.start();
        ProcessHandle first = next(starts);

        server.stop();

        assertThat(first.isAlive()).isFalse();
        assertThat(starts).isEmpty();
        assertThat(ends).isEmpty();
    }

    @Test
    void a_server_that_ignores_being_told_is_killed() throws Exception {
        Path ready = directory.resolve("ready");
        assertThat(Command.of(Duration.ofSeconds(10), "mkfifo", ready.toString())
                        .run()
                        .isSuccess())
                .isTrue();
        String script = "trap '' TERM; echo ready > " + ready + "; while true; do sleep 0.05; done";
        Server stubborn = new Server("stubborn", () -> new ProcessBuilder("sh", "-c", script), SHORT, this);
        stubborn.start();
        // A pipe: reading waits until the script has come so far.
        assertThat(Files.readString(ready)).isEqualTo("ready\n");

        stubborn.stop();

        assertThat(next(starts).isAlive()).isFalse();
    }

    @Override
    public void started(String name, ProcessHandle process) {
        starts.add(process);
    }

    @Override
    public void ended(String name, int exitCode, Duration wait) {
        ends.add(exitCode);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        @Nullable T next = queue.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
