package io.drove.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private static final SortedMap<String, Object> SHAPE =
            new TreeMap<>(java.util.Map.of("runs", 30, "engine", "docker 20.10.24", "processors", 2));
    private static final List<Figure> FIGURES = List.of(
            new Figure("P15", "./drove dev, median", 2.8449, Unit.SECONDS, new Goal.AtMost(10, 3), SHAPE),
            new Figure("P9", "added by Drove, p50", 12.345678, Unit.MILLISECONDS, new Goal.AtMost(50, 10), SHAPE),
            new Figure("P17", "killed, max", 12, Unit.SECONDS, new Goal.AtMost(3, 1), SHAPE),
            new Figure("P9", "Docker Swarm, p50", 540.4, Unit.MILLISECONDS, new Goal.None(), SHAPE));

    @Test
    void the_table_shows_each_figure_beside_its_goals_and_says_missed_plainly() {
        assertThat(printed(out -> Report.printTable(FIGURES, out))).isEqualTo("""
                id   figure                 value  must have  moonshot  verdict
                P15  ./drove dev, median   2.84 s       10 s       3 s  moonshot
                P9   added by Drove, p50  12.3 ms      50 ms     10 ms  met
                P17  killed, max           12.0 s        3 s       1 s  missed
                P9   Docker Swarm, p50     540 ms
                """);
    }

    @Test
    void each_figure_is_a_json_line_with_five_fields() {
        assertThat(printed(out -> Report.printLines(FIGURES.subList(1, 3), out)))
                .isEqualTo("""
                {"id":"P9","name":"added by Drove, p50","value":12.346,"unit":"ms","shape":{"engine":"docker 20.10.24","processors":2,"runs":30}}
                {"id":"P17","name":"killed, max","value":12.0,"unit":"s","shape":{"engine":"docker 20.10.24","processors":2,"runs":30}}
                """);
    }

    @Test
    void a_goal_is_met_up_to_its_own_value() {
        Goal goal = new Goal.AtMost(2.5, 1.5);

        assertThat(List.of(1.5, 1.51, 2.5, 2.51))
                .extracting(goal::verdict)
                .containsExactly("moonshot", "met", "met", "missed");
    }

    @Test
    void a_figures_own_shape_wins_over_the_circumstances() {
        Figure figure = FIGURES.getFirst().within(new TreeMap<>(java.util.Map.of("runs", 1, "java", "25")));

        assertThat(figure.shape()).containsEntry("runs", 30).containsEntry("java", "25");
    }

    @Test
    void values_and_goals_keep_three_digits_that_say_something() {
        assertThat(List.of(0.0, 0.954, -3.21, 9.996, 43.21, 99.96, 1234.5))
                .extracting(Unit.MILLISECONDS::show)
                .containsExactly("0 ms", "0.95 ms", "-3.21 ms", "10.0 ms", "43.2 ms", "100 ms", "1235 ms");
        assertThat(List.of(10.0, 3.5)).extracting(Unit.SECONDS::showGoal).containsExactly("10 s", "3.5 s");
    }

    private static String printed(Consumer<PrintStream> printing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        printing.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
