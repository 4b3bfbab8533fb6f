package io.drove.dist.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarTest {
    @Test
    void the_systems_tar_reads_what_we_write(@TempDir Path directory) throws Exception {
        byte[] archive = new Tar()
                .directory("bin")
                .file("bin/tool", 0755, "tool\n".getBytes(StandardCharsets.UTF_8))
                .link("bin/alias", "tool")
                .toBytes();
        Files.write(directory.resolve("a.tar"), archive);

        Process tar = new ProcessBuilder("tar", "-xf", "a.tar")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tar.waitFor()).as(said).isZero();
        assertThat(directory.resolve("bin/alias")).isSymbolicLink().hasContent("tool\n");
        assertThat(directory.resolve("bin/tool")).isExecutable();
    }

    @Test
    void a_name_that_does_not_fit_is_refused() {
        assertThatThrownBy(() -> new Tar().directory("x".repeat(200))).hasMessageContaining("more than 100 bytes");
    }
}
