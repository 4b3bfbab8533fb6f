package io.drove.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogsTest {
    private final FakeController controller = new FakeController();

    @TempDir
    private Path home = Path.of("");

    private Shell shell = new Shell(home);

    @BeforeEach
    void name_the_controller() {
        shell = new Shell(home).with("DROVE_ENDPOINT", controller.endpoint());
    }

    @AfterEach
    void close() {
        controller.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] first(byte[] bytes, int count) {
        return Arrays.copyOf(bytes, count);
    }

    /** The log takes one content after another, one at each pause of the follower. */
    private Shell.Result follow(List<byte[]> contents, String... more) {
        Deque<byte[]> rest = new ArrayDeque<>(contents);
        controller.log(rest.remove());
        String[] words = Arrays.copyOf(new String[] {"appinstances", "tail", "A-1", "AI-1"}, 4 + more.length);
        System.arraycopy(more, 0, words, 4, more.length);
        return shell.pauses(contents.size() - 1)
                .atPause(() -> {
                    if (!rest.isEmpty()) {
                        controller.log(rest.remove());
                    }
                })
                .run(words);
    }

    @ParameterizedTest
    @EnumSource
    void following_goes_by_bytes_even_where_a_write_stops_inside_a_character(FakeController.Pages pages) {
        controller.pages(pages);
        byte[] all = utf8("zwölf Boxkämpfer jagen 漢字 🐄\n");
        List<byte[]> growing = new java.util.ArrayList<>();
        for (int size = 0; size <= all.length; size++) {
            growing.add(first(all, size));
        }

        Shell.Result result = follow(growing);

        assertThat(result).isEqualTo(new Shell.Result(0, "zwölf Boxkämpfer jagen 漢字 🐄\n", ""));
    }

    @ParameterizedTest
    @EnumSource
    void a_long_log_keeps_the_characters_that_pages_cut(FakeController.Pages pages) {
        controller.pages(pages);
        String log = "x" + "ä漢🐄".repeat(12_000) + "\n";

        Shell.Result result = follow(List.of(utf8(log)), "--skip-chars", "0");

        assertThat(result.out()).isEqualTo(log);
    }

    @Test
    void broken_bytes_do_not_stop_it() {
        controller.pages(FakeController.Pages.OF_THE_ORIGINAL);
        byte[] broken = utf8("one\n??\ntwo\n");
        broken[4] = (byte) 0xff;
        broken[5] = (byte) 0xc3;

        assertThat(follow(List.of(first(broken, 5), broken), "-S", "0").out()).isEqualTo("one\n\ufffd\ufffd\ntwo\n");
    }

    @Test
    void a_rotated_log_is_read_from_its_beginning() {
        Shell.Result result = follow(List.of(utf8("old old old\n"), utf8("new\n"), utf8("new\nnewer\n")));

        assertThat(result.out()).isEqualTo("old old old\nnew\nnewer\n");
        assertThat(result.err())
                .isEqualTo("output.log became shorter, it was rotated: reading it from its beginning\n");
    }

    @ParameterizedTest
    @EnumSource
    void it_begins_with_the_last_lines(FakeController.Pages pages) {
        controller.pages(pages);
        String line = "é".repeat(20_000) + "\n";

        assertThat(follow(List.of(utf8("a\nb\nc\n")), "--lines", "2").out()).isEqualTo("b\nc\n");
        assertThat(follow(List.of(utf8("a\nb\nc")), "-n", "2").out()).isEqualTo("b\nc");
        assertThat(follow(List.of(utf8("a\nb\n")), "-n", "0").out()).isEmpty();
        assertThat(follow(List.of(utf8("first\n" + line + line)), "-n", "2").out())
                .isEqualTo(line + line);
    }

    @ParameterizedTest
    @EnumSource
    void the_last_lines_begin_at_a_line_wherever_pages_cut_characters(FakeController.Pages pages) {
        controller.pages(pages);
        // What looks like a cut and is the log's own; pages of the original do not tell the one from the other.
        String own = pages == FakeController.Pages.OF_OURS ? "?\ufffd" : "?";
        String line = "🐄".repeat(30) + own + "🐄\n";
        // More than one page, each time with its cut elsewhere.
        for (int more = 0; more < 4; more++) {
            String last = line.repeat(300) + "x".repeat(more) + "\n";

            assertThat(follow(List.of(utf8("first\n" + line + last)), "-n", "301")
                            .out())
                    .isEqualTo(last);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_broken_byte_among_the_last_lines_is_no_line(FakeController.Pages pages) {
        controller.pages(pages);
        byte[] broken = utf8("one\ntw?\nthree\n");
        broken[6] = (byte) 0xff;

        assertThat(follow(List.of(broken), "-n", "1").out()).isEqualTo("three\n");
        assertThat(follow(List.of(broken), "-n", "2").out()).startsWith("tw").endsWith("\nthree\n");
        assertThat(follow(List.of(broken), "-n", "3").out()).startsWith("one\ntw");
    }

    @Test
    void a_character_that_was_broken_when_it_was_logged_is_no_cut() {
        String log = "x" + "ä漢🐄\ufffd".repeat(8_000) + "\n";

        assertThat(follow(List.of(utf8(log)), "--skip-chars", "0").out()).isEqualTo(log);
    }

    @Test
    void a_terminal_gets_colours_but_is_not_steered_and_a_pipe_gets_all() {
        String log = "\u001b[31mred\u001b[0m \u001b]0;title\u0007\r\nover\rwritten\n";
        controller.log(utf8(log));

        Shell.Result pipe = shell.run("appinstances", "tail", "A-1", "AI-1", "--no-follow");
        Shell.Result terminal = shell.onTerminal().run("appinstances", "tail", "A-1", "AI-1", "--no-follow");

        assertThat(pipe.out()).isEqualTo(log);
        assertThat(terminal.out()).isEqualTo("\u001b[31mred\u001b[0m \\u001b]0;title\\u0007\nover\\u000dwritten\n");
    }

    @Test
    void log_files_are_listed_and_fetched() throws IOException {
        controller.raw("GET /logfiles/applications/A-1/AI-1/list", FakeController.capture("executor_log_list.json"));
        controller.on("GET /logfiles/applications/A-1/AI-1/download/output.log", 200, "text/plain", "all of it\n");
        Path target = home.resolve("fetched");

        assertThat(shell.run("appinstances", "logs", "A-1", "AI-1").out()).isEqualTo("output.log\n");
        assertThat(shell.run("appinstances", "logs", "A-1", "AI-1", "-o", "json")
                        .out())
                .isEqualTo("[\n  \"output.log\"\n]\n");
        assertThat(shell.run("appinstances", "download", "A-1", "AI-1", "output.log", "-o", target.toString())
                        .out())
                .isEqualTo(target + ": 10 bytes\n");
        assertThat(Files.readString(target)).isEqualTo("all of it\n");
        assertThat(shell.run("appinstances", "download", "A-1", "AI-1", "output.log", "-o", "-")
                        .out())
                .isEqualTo("all of it\n");
    }

    @Test
    void the_log_of_an_unknown_instance_is_a_failure() {
        controller.on("GET /logfiles/applications/A-1/AI-2/list", 204, "text/plain", "");

        assertThat(shell.run("appinstances", "logs", "A-1", "AI-2").code()).isEqualTo(1);
        assertThat(shell.run(
                                "appinstances",
                                "download",
                                "A-1",
                                "AI-2",
                                "x",
                                "-o",
                                home.resolve("x").toString())
                        .code())
                .isEqualTo(1);
        assertThat(home.resolve("x")).doesNotExist();
    }
}
