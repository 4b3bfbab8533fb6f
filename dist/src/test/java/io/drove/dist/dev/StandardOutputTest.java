package io.drove.dist.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardOutputTest {
    @TempDir
    private Path directory;

    @Test
    void a_file_that_others_can_read_gets_no_password() throws IOException {
        Path file = Files.createFile(directory.resolve("out"));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(StandardOutput.isPrivate(file, Map.of())).isFalse();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(StandardOutput.isPrivate(file, Map.of())).isTrue();
        assertThat(StandardOutput.isPrivate(file, Map.of(StandardOutput.SEEN_BY_OTHERS, "true")))
                .isFalse();
        assertThat(StandardOutput.isPrivate(Path.of("/dev/null"), Map.of())).isTrue();
    }
}
