package io.drove.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
    @TempDir
    private Path directory;

    private Path file = Path.of("unset");

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("snapshot");
        SnapshotFile.write(file, out -> {
            out.write(JournalContract.bytes("some state"));
            out.close();
        });
    }

    @Test
    void what_was_written_is_read_back_and_nothing_else_is_left() throws IOException {
        assertThat(SnapshotFile.isIntact(file)).isTrue();
        try (InputStream content = SnapshotFile.open(file)) {
            assertThat(content.readAllBytes()).isEqualTo(JournalContract.bytes("some state"));
        }
        assertThat(directory.toFile().list()).containsExactly("snapshot");
    }

    @Test
    void each_flipped_byte_and_each_shorter_length_is_noticed() throws IOException {
        byte[] whole = Files.readAllBytes(file);

        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 0x40;
            assertThat(SnapshotFile.isIntact(Files.write(file, flipped)))
                    .as("byte " + i)
                    .isFalse();
            assertThat(SnapshotFile.isIntact(Files.write(file, Arrays.copyOf(whole, i))))
                    .as("length " + i)
                    .isFalse();
        }
    }

    @Test
    void a_write_that_fails_leaves_what_was_there() throws IOException {
        assertThatThrownBy(() -> SnapshotFile.write(file, out -> {
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(SnapshotFile.isIntact(file)).isTrue();
        assertThat(directory.toFile().list()).containsExactly("snapshot");
    }
}
