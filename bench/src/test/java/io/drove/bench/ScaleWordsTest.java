package io.drove.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.bench.scale.ScaleOptions;
import io.drove.bench.scale.ScaleOptions.Section;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScaleWordsTest {
    @Test
    void without_words_a_small_cluster_is_measured_in_every_way() {
        ScaleOptions options = new ScaleWords(List.of()).options();

        assertThat(options.cluster()).isEqualTo(new ScaleOptions.Cluster(100, 64, 2, 20, 100));
        assertThat(options.heap()).isEmpty();
        assertThat(options.only()).containsExactly(Section.values());
    }

    @Test
    void a_million_instances_get_a_heap_for_them() {
        ScaleOptions options = new ScaleWords(List.of(
                        "--executors",
                        "5000",
                        "--cores",
                        "256",
                        "--apps",
                        "1000",
                        "--instances",
                        "1000",
                        "--only",
                        "none"))
                .options();

        assertThat(options.heap()).isEqualTo("8g");
        assertThat(options.only()).isEmpty();
    }

    @Test
    void more_instances_than_cores_are_refused_before_anything_starts() {
        assertThatThrownBy(() -> new ScaleWords(List.of("--executors", "1")).options())
                .hasMessage("20 x 100 instances of one core do not fit 1 x 64 cores");
    }

    @Test
    void how_the_load_is_driven_can_be_said() {
        ScaleOptions options =
                new ScaleWords(List.of("--rate", "4000", "--in-one-call", "yes", "--warm-up", "500")).options();

        assertThat(options.load().startsPerSecond()).isEqualTo(4_000);
        assertThat(options.load().warmUp()).isEqualTo(500);
        assertThat(options.load().isInOneCall()).isTrue();
        assertThatThrownBy(() -> new ScaleWords(List.of("--in-one-call", "1")).options())
                .hasMessage("--in-one-call must be yes or no, was 1");
    }

    @Test
    void several_apps_a_call_need_apps_that_are_created_with_all_their_instances() {
        ScaleOptions options = new ScaleWords(List.of("--in-one-call", "yes", "--apps-per-call", "1000")).options();

        assertThat(options.load().appsPerCall()).isEqualTo(1_000);
        assertThat(new ScaleWords(List.of()).options().load().appsPerCall()).isEqualTo(1);
        assertThatThrownBy(() -> new ScaleWords(List.of("--apps-per-call", "2")).options())
                .hasMessage("2 apps per call need --in-one-call yes: scaling takes a call for each app");
        for (String number : List.of("0", "1001")) {
            assertThatThrownBy(
                            () -> new ScaleWords(List.of("--in-one-call", "yes", "--apps-per-call", number)).options())
                    .hasMessage("apps per call must be 1 to 1000, was " + number);
        }
    }

    @Test
    void what_cannot_be_understood_is_named() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);

        assertThat(BenchCommand.run(List.of("scale", "--only", "P99"), stream, stream))
                .isEqualTo(2);
        assertThat(BenchCommand.run(List.of("scale", "--cores"), stream, stream))
                .isEqualTo(2);
        assertThat(BenchCommand.run(List.of("core", "--fast"), stream, stream)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--only knows none and [P8, P14, ROLL, P7, R2], found \"P99\"")
                .contains("--cores needs a value")
                .contains("unknown option --fast");
    }
}
