package io.drove.dist.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevDirectoryTest {
    @TempDir
    private Path temporary;

    @Test
    void the_default_lies_under_the_xdg_data_directory() {
        assertThat(DevDirectory.defaultRoot(Map.of("XDG_DATA_HOME", "/data"))).isEqualTo(Path.of("/data/drove/dev"));
        assertThat(DevDirectory.defaultRoot(Map.of()))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".local/share/drove/dev"));
    }

    @Test
    void everything_in_it_is_for_the_owner_alone() throws Exception {
        DevDirectory directory = DevDirectory.of(temporary.resolve("d"), Map.of("XDG_DATA_HOME", temporary.toString()));
        directory.create();

        DevSecrets made = DevSecrets.loadOrMake(directory.secrets());

        assertThat(permissions(directory.root())).isEqualTo("rwx------");
        assertThat(permissions(directory.secrets())).isEqualTo("rw-------");
        assertThat(made.password()).isNotEqualTo(made.cluster());
    }

    @Test
    void secrets_are_made_once() throws Exception {
        Path file = temporary.resolve("secrets.json");

        DevSecrets first = DevSecrets.loadOrMake(file);

        assertThat(DevSecrets.loadOrMake(file)).isEqualTo(first);
        assertThat(DevSecrets.loadOrMake(temporary.resolve("other.json"))).isNotEqualTo(first);
        assertThat(first.toString()).doesNotContain(first.password().reveal());
    }

    @Test
    void a_log_that_has_grown_too_long_is_moved_aside() throws Exception {
        DevDirectory directory = DevDirectory.of(temporary, Map.of("XDG_DATA_HOME", temporary.toString()));
        directory.create();
        Files.write(directory.log("controller"), new byte[21 * 1024 * 1024]);

        Path log = directory.log("controller");

        assertThat(log).isEmptyFile();
        assertThat(permissions(log)).isEqualTo("rw-------");
        assertThat(directory.logs().resolve("controller.log.1")).exists();
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
