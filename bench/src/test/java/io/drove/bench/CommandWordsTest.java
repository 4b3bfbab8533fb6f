package io.drove.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.bench.run.RunOptions;
import io.drove.bench.run.Section;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class CommandWordsTest {
    @Test
    void without_words_everything_is_measured_at_length_and_nothing_kept() {
        RunOptions options = CommandWords.parse(List.of());

        assertThat(options.isQuick()).isFalse();
        assertThat(options.isKept()).isFalse();
        assertThat(options.runs()).isEmpty();
        assertThat(options.only()).containsExactly(Section.values());
    }

    @Test
    void sections_are_measured_in_their_own_order_however_they_were_named() {
        RunOptions options = CommandWords.parse(List.of("--only", "p9,P15", "--runs", "2", "--quick", "--keep"));

        assertThat(options.only()).containsExactly(Section.P15, Section.P9);
        assertThat(options.runs()).isEqualTo(OptionalInt.of(2));
        assertThat(options.isQuick()).isTrue();
        assertThat(options.isKept()).isTrue();
    }

    @Test
    void what_cannot_be_understood_is_named() {
        assertThatThrownBy(() -> CommandWords.parse(List.of("--only", "P9,P1")))
                .hasMessage("--only knows [P15, P16, P9, P17, P8], found \"P1\"");
        assertThatThrownBy(() -> CommandWords.parse(List.of("--runs", "many")))
                .hasMessage("--runs must be a number, was many");
        assertThatThrownBy(() -> CommandWords.parse(List.of("--runs", "0")))
                .hasMessageStartingWith("runs must be 1 to 1000");
        assertThatThrownBy(() -> CommandWords.parse(List.of("--runs"))).hasMessage("--runs needs a value");
        assertThatThrownBy(() -> CommandWords.parse(List.of("--fast"))).hasMessage("unknown option --fast");
    }

    @Test
    void a_wrong_command_line_ends_with_2_and_the_usage_before_anything_is_started() {
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(complaints, true, StandardCharsets.UTF_8);

        int exitCode = RunBenchmark.run(new String[] {"--fast"}, new PrintStream(PrintStream.nullOutputStream()), err);

        assertThat(exitCode).isEqualTo(2);
        assertThat(complaints.toString(StandardCharsets.UTF_8))
                .startsWith("drove bench run: unknown option --fast\nUsage: drove bench run");
    }
}
