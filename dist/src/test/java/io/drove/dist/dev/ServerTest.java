package io.drove.dist.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerTest implements Server.Listener {
    private final BlockingQueue<ProcessHandle> starts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    private final Server server = new Server("controller", () -> new ProcessBuilder("sleep", "300"), this);

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
