package io.drove.executor.logs;

import static io.drove.executor.container.OutputSource.STDERR;
import static io.drove.executor.container.OutputSource.STDOUT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.executor.container.DockerEngine;
import io.drove.executor.container.OutputSource;
import io.drove.executor.container.RegistryCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {
    @TempDir
    private Path directory;

    private Path folder() {
        return directory.resolve("web-1").resolve("AI-1");
    }

    private void write(String text) throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("output.log"), text);
    }

    private LogSlice read(long offset, long length) throws LogReadException {
        return new LogFiles(directory).read("web-1", "AI-1", "output.log", offset, length);
    }

    @Test
    void handshake_tells_the_length_and_pages_follow() throws Exception {
        write("hello world");

        assertThat(read(-1, -1)).isEqualTo(new LogSlice("", 11));
        assertThat(read(0, 5)).isEqualTo(new LogSlice("hello", 0));
        assertThat(read(6, -1)).isEqualTo(new LogSlice("world", 6));
        assertThat(read(99, -1)).isEqualTo(new LogSlice("", 99));
        assertThatThrownBy(() -> read(-1, 5)).isInstanceOf(LogReadException.class);
    }

    @Test
    void pages_of_any_size_put_together_are_the_text_and_no_character_is_split() throws Exception {
        String text = "aé漢🙂b".repeat(500) + "\n";
        write(text);
        for (int page : new int[] {1, 2, 3, 4, 5, 7, 100}) {
            StringBuilder all = new StringBuilder();
            long offset = 0;
            for (LogSlice slice = read(0, page); !slice.data().isEmpty(); slice = read(offset, page)) {
                assertThat(slice.data()).doesNotContain("\ufffd").doesNotContain("?");
                all.append(slice.data());
                offset += slice.data().getBytes(StandardCharsets.UTF_8).length;
            }
            assertThat(all.toString()).isEqualTo(text);
        }
    }

    @Test
    void huge_length_is_cut_and_bytes_that_are_no_text_keep_their_length() throws Exception {
        Files.createDirectories(folder());
        byte[] bytes = new byte[3 << 20];
        Arrays.fill(bytes, (byte) 0xff);
        Files.write(folder().resolve("output.log"), bytes);

        assertThat(read(0, Long.MAX_VALUE).data()).hasSize(LogFiles.BYTES_MAX).matches("\\?+");
    }

    @Test
    void nothing_outside_the_directory_can_be_named() throws Exception {
        write("x");
        Files.writeString(directory.resolve("output.secret"), "secret");
        LogFiles files = new LogFiles(directory);

        assertThatThrownBy(() -> files.read("web-1", "..", "output.secret", 0, -1))
                .isInstanceOf(LogReadException.class);
        assertThatThrownBy(() -> files.read("web-1", "AI-1", ".position", 0, -1))
                .isInstanceOf(LogReadException.class);
        assertThatThrownBy(() -> files.list("..", "..")).isInstanceOf(LogReadException.class);
        Files.createSymbolicLink(folder().resolve("output.link"), Path.of("/etc/hostname"));
        assertThatThrownBy(() -> files.read("web-1", "AI-1", "output.link", 0, -1))
                .isInstanceOf(LogReadException.class);
        assertThat(files.list("web-1", "AI-1")).contains("output.log");
        assertThat(files.list("web-1", "AI-2")).isEmpty();
    }

    @Test
    void a_refusal_names_file_and_app_but_never_where_they_lie() {
        LogFiles files = new LogFiles(directory);

        assertThatThrownBy(() -> files.read("web-1", "AI-1", "output.nope", 0, 1))
                .isInstanceOf(LogReadException.class)
                .hasMessage("Could not read log file: output.nope of web-1/AI-1");
        for (String name :
                new String[] {"output.\0", "..", "../output.log", "a/output.log", "", "output." + "x".repeat(300)}) {
            assertThatThrownBy(() -> files.read("web-1", "AI-1", name, 0, 1))
                    .as(name)
                    .isInstanceOf(LogReadException.class)
                    .hasMessageNotContaining(directory.toString());
            assertThatThrownBy(() -> files.list("web-1", name)).isInstanceOf(LogReadException.class);
            assertThatThrownBy(() -> files.list(name, "AI-1")).isInstanceOf(LogReadException.class);
        }
    }

    @Test
    void what_instances_print_is_for_the_owner_alone_also_where_it_was_left_open() throws Exception {
        write("a\n");
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder().resolve("output.log"), PosixFilePermissions.fromString("rw-r--r--"));

        try (OutputFile file = new OutputFile(folder(), 4, 2)) {
            file.accept(STDOUT, "2026-01-01T00:00:00.1Z", bytes("bbb\n"));
            file.accept(STDOUT, "2026-01-01T00:00:00.2Z", bytes("ccc\n"));
        }

        assertThat(permissions(folder())).isEqualTo("rwx------");
        for (String name : new String[] {".position", "output.log", "output.log.1"}) {
            assertThat(permissions(folder().resolve(name))).as(name).isEqualTo("rw-------");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void copy_goes_on_after_a_restart_without_loss_or_doubling() throws Exception {
        try (OutputFile file = new OutputFile(folder(), 1_000, 3)) {
            file.accept(STDOUT, "2026-01-01T00:00:00.1Z", bytes("a\n"));
            file.accept(STDOUT, "2026-01-01T00:00:00.2Z", bytes("b\n"));
            file.accept(STDOUT, "2026-01-01T00:00:00.2Z", bytes("c\n"));
        }
        // Text that was written just before the crash, without its record.
        Files.writeString(folder().resolve("output.log"), "d\n", StandardOpenOption.APPEND);

        try (OutputFile file = new OutputFile(folder(), 1_000, 3)) {
            assertThat(requireNonNull(file.position().since())).isBefore("2026-01-01T00:00:00.2Z");
            file.accept(STDOUT, "2026-01-01T00:00:00.2Z", bytes("b\n"));
            file.accept(STDOUT, "2026-01-01T00:00:00.2Z", bytes("c\n"));
            file.accept(STDOUT, "2026-01-01T00:00:00.2Z", bytes("d\n"));
            file.accept(STDOUT, "2026-01-01T00:00:00.3Z", bytes("e\n"));
        }
        assertThat(Files.readString(folder().resolve("output.log"))).isEqualTo("a\nb\nc\nd\ne\n");
    }

    /** Pieces in the order in which an engine keeps them; what its readers wrote in the other order than they read is among it. */
    private static final List<Kept> INTERLEAVED = List.of(
            new Kept(STDOUT, 1, "a"),
            new Kept(STDERR, 3, "b"),
            new Kept(STDOUT, 2, "c"),
            new Kept(STDOUT, 3, "d"),
            new Kept(STDOUT, 3, "e"),
            new Kept(STDERR, 5, "f"),
            new Kept(STDOUT, 3, "g"),
            new Kept(STDERR, 5, "h"),
            new Kept(STDERR, 6, "i"),
            new Kept(STDOUT, 4, "j"));

    private record Kept(OutputSource source, int milli, String text) {
        Instant time() {
            return Instant.parse("2026-01-01T00:00:00Z").plusMillis(milli);
        }
    }

    @Test
    void a_copy_may_break_off_anywhere_in_two_interleaved_streams() throws Exception {
        for (int broken = 0; broken <= INTERLEAVED.size(); broken++) {
            Path folder = directory.resolve("broken-" + broken);
            try (OutputFile file = new OutputFile(folder, 1_000, 3)) {
                tell(file, INTERLEAVED.subList(0, broken));
                // The engine went away and came back.
                tell(file, INTERLEAVED.subList(0, Math.min(INTERLEAVED.size(), broken + 1)));
            }
            // So did we.
            try (OutputFile file = new OutputFile(folder, 1_000, 3)) {
                tell(file, INTERLEAVED);
                tell(file, INTERLEAVED);
            }

            assertThat(Files.readString(folder.resolve("output.log")))
                    .as("broken off after " + broken)
                    .isEqualTo("abcdefghij");
        }
    }

    /** As engines do that compare each piece with the time that was asked for. */
    private static void tell(OutputFile file, List<Kept> pieces) throws IOException {
        Instant since = file.position().since();
        for (Kept piece : pieces) {
            if (since == null || !piece.time().isBefore(since)) {
                file.accept(piece.source(), piece.time().toString(), bytes(piece.text()));
            }
        }
    }

    @Test
    void files_turn_at_their_size_and_only_so_many_stay() throws Exception {
        try (OutputFile file = new OutputFile(folder(), 10, 3)) {
            for (int i = 0; i < 8; i++) {
                file.accept(STDOUT, "2026-01-01T00:00:00." + i + "Z", bytes("line " + i + "\n"));
            }
        }

        assertThat(new LogFiles(directory).list("web-1", "AI-1"))
                .containsExactly("output.log", "output.log.1", "output.log.2");
        assertThat(Files.readString(folder().resolve("output.log"))).isEqualTo("line 7\n");
        assertThat(Files.readString(folder().resolve("output.log.2"))).isEqualTo("line 5\n");
    }

    @Test
    void old_logs_go_and_so_do_the_oldest_when_there_are_too_many() throws Exception {
        LogSettings settings = new LogSettings(directory, 1_000, 3, Duration.ofDays(1), 25);
        for (int i = 0; i < 5; i++) {
            Path instance = directory.resolve("web-1").resolve("AI-" + i);
            Files.createDirectories(instance);
            Files.writeString(instance.resolve("output.log"), "0123456789");
            FileTime time = FileTime.fromMillis(i * 3_600_000L);
            Files.setLastModifiedTime(instance.resolve("output.log"), time);
            Files.setLastModifiedTime(instance, time);
        }
        try (DockerEngine engine = new DockerEngine(Path.of("/none"), Duration.ofSeconds(1), RegistryCredentials.NONE);
                LogKeeper keeper = new LogKeeper(engine, settings)) {
            LogJanitor janitor = new LogJanitor(settings, keeper);

            assertThat(janitor.tidy(Duration.ofHours(25).toMillis())).isEqualTo(3);
            assertThat(directory.resolve("web-1")).isDirectoryNotContaining("glob:**AI-2");
            assertThat(janitor.tidy(Duration.ofDays(2).toMillis())).isEqualTo(2);
            assertThat(directory).isEmptyDirectory();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
