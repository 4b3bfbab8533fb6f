package io.drove.platform.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void a_command_gives_its_code_and_both_outputs() throws Exception {
        Command.Result result = new Command(
                        List.of("sh", "-c", "echo out $NAME; echo err >&2; exit 3"), Map.of("NAME", "ann"), LONG)
                .run();

        assertThat(result).isEqualTo(new Command.Result(3, "out ann\nerr\n", false));
        assertThat(Command.of(LONG, "true").run().isSuccess()).isTrue();
    }

    @Test
    void a_command_over_its_time_is_killed_with_its_children() throws Exception {
        Path pid = directory.resolve("pid");
        Command.Result result = Command.of(
                        Duration.ofMillis(500), "sh", "-c", "sleep 600 & echo $! > " + pid + "; wait")
                .run();

        assertThat(result.isTimedOut()).isTrue();
        assertThat(result.isSuccess()).isFalse();
        awaitEnd(Long.parseLong(Files.readString(pid).strip()));
    }

    @Test
    void output_beyond_the_limit_is_dropped_and_the_command_still_ends() throws Exception {
        Command.Result result =
                Command.of(LONG, "head", "-c", "5000000", "/dev/zero").run();

        assertThat(result.isSuccess()).isTrue();
        assertThat(result.output()).hasSize(1 << 20);
    }

    @Test
    void a_program_that_is_not_there_is_an_error() {
        assertThatThrownBy(() -> Command.of(LONG, "no-such-program").run()).isInstanceOf(IOException.class);
    }

    @Test
    void the_holder_of_a_port_is_found_and_of_a_free_one_is_not() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            PortHolder holder = PortHolder.of(port).orElseThrow();

            assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(holder.command()).contains("java");
        }
        assertThat(PortHolder.of(port)).isEmpty();
    }

    private static void awaitEnd(long pid) throws Exception {
        var process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(10, TimeUnit.SECONDS);
        }
    }
}
