package io.drove.executor.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesLimitTest {
    @TempDir
    private Path root;

    private int allowed(String capabilities) throws IOException {
        Files.createDirectories(root.resolve("proc/self"));
        Files.createDirectories(root.resolve("proc/sys/fs"));
        Files.writeString(root.resolve("proc/self/status"), "Name:\tjava\nCapEff:\t" + capabilities + "\n");
        Files.writeString(root.resolve("proc/self/limits"), "Max open files            1024      20000     files\n");
        Files.writeString(root.resolve("proc/sys/fs/nr_open"), "1048576\n");
        return OpenFilesLimit.allowed(root, 470_000);
    }

    @Test
    void who_may_raise_limits_gets_what_is_wanted() throws IOException {
        assertThat(allowed("000001ffffffffff")).isEqualTo(470_000);
    }

    @Test
    void who_may_not_gets_no_more_than_our_own_hard_limit() throws IOException {
        assertThat(allowed("000001fffeffffff")).isEqualTo(20_000);
    }

    @Test
    void machine_that_does_not_tell_gets_what_is_wanted() {
        assertThat(OpenFilesLimit.allowed(root, 470_000)).isEqualTo(470_000);
    }
}
