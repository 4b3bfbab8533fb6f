package io.drove.executor.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerLimitsTest {
    private static final String ALL = "000001ffffffffff";
    private static final String ALL_BUT_RESOURCE = "000001fffeffffff";

    @TempDir
    private Path root;

    private ContainerLimits allowed(String capabilities, String processes) throws IOException {
        Files.createDirectories(root.resolve("proc/self"));
        Files.createDirectories(root.resolve("proc/sys/fs"));
        Files.createDirectories(root.resolve("proc/sys/kernel"));
        Files.writeString(root.resolve("proc/self/status"), "Name:\tjava\nCapEff:\t" + capabilities + "\n");
        Files.writeString(root.resolve("proc/self/limits"), """
                Max processes             1024                 %s                processes
                Max open files            1024                 20000                files
                """.formatted(processes));
        Files.writeString(root.resolve("proc/sys/fs/nr_open"), "1048576\n");
        Files.writeString(root.resolve("proc/sys/kernel/pid_max"), "32768\n");
        return ContainerLimits.allowed(root, 470_000);
    }

    @Test
    void who_may_raise_limits_gets_what_is_wanted() throws IOException {
        assertThat(allowed(ALL, "96365")).isEqualTo(new ContainerLimits(470_000, OptionalLong.empty()));
    }

    @Test
    void who_may_not_gets_no_more_than_our_own_hard_limits() throws IOException {
        assertThat(allowed(ALL_BUT_RESOURCE, "1000")).isEqualTo(new ContainerLimits(20_000, OptionalLong.of(1_000)));
    }

    @Test
    void nobody_gets_more_processes_than_there_are_ids_for() throws IOException {
        assertThat(allowed(ALL_BUT_RESOURCE, "96365").processes()).hasValue(32_768);
        assertThat(allowed(ALL_BUT_RESOURCE, "unlimited").processes()).isEmpty();
    }

    @Test
    void machine_that_does_not_tell_gets_what_is_wanted() {
        assertThat(ContainerLimits.allowed(root, 470_000))
                .isEqualTo(new ContainerLimits(470_000, OptionalLong.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/sys/fs/nr_open", "/proc/sys/kernel/pid_max"})
    void the_kernel_s_own_settings_are_read_whole(String file) throws IOException {
        try (BufferedReader reader = new BufferedReader(new FileReader(file, StandardCharsets.US_ASCII))) {
            assertThat(ContainerLimits.number(Path.of(file))).isEqualTo(Long.parseLong(reader.readLine()));
        }
    }
}
