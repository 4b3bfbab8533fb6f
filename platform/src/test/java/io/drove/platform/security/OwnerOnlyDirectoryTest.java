package io.drove.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyDirectoryTest {
    @TempDir
    private Path temporary;

    @Test
    void a_directory_that_is_made_and_one_that_was_found_open_are_their_owner_s_alone() throws IOException {
        Path found = Files.createDirectory(temporary.resolve("found"));
        Files.setPosixFilePermissions(found, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(permissions(OwnerOnlyDirectory.make(temporary.resolve("a").resolve("b"))))
                .isEqualTo("rwx------");
        assertThat(permissions(temporary.resolve("a"))).isEqualTo("rwx------");
        assertThat(permissions(OwnerOnlyDirectory.make(found))).isEqualTo("rwx------");
    }

    @Test
    void a_file_is_made_and_an_open_one_is_closed() throws IOException {
        Path found = Files.writeString(temporary.resolve("found"), "secret");
        Files.setPosixFilePermissions(found, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(permissions(OwnerOnlyFile.close(found))).isEqualTo("rw-------");
        assertThat(Files.readString(found)).isEqualTo("secret");
        assertThat(permissions(OwnerOnlyFile.close(temporary.resolve("made")))).isEqualTo("rw-------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
