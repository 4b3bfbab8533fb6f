package io.drove.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.simulation.load.FaultKind;
import io.drove.simulation.mutant.Mutant;
import io.drove.simulation.node.Seams;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure can be run again from what was printed of it. */
final class SimulateCommandTest {
    private static final Duration SHORT = Duration.ofMinutes(2);

    @BeforeAll
    static void silence() {
        SimulateCommand.silenceLogs();
    }

    static Stream<Scenario> scenarios() {
        Duration odd = Duration.ofMillis(299_999);
        Set<FaultKind> few = EnumSet.of(FaultKind.ONE_WAY, FaultKind.SLOW_DISK);
        return Stream.of(
                Scenario.of(7, Scenario.DEFAULT_LENGTH, null, Seams.NONE),
                Scenario.of(8, SHORT, null, Seams.NONE),
                Scenario.of(9, odd, few, Seams.NONE),
                Scenario.of(10, Duration.ofHours(3), Set.of(), Seams.NONE),
                Scenario.of(11, SHORT, EnumSet.allOf(FaultKind.class), Mutant.STOP_IGNORED),
                Scenario.of(12, odd, Mutant.NO_EPOCH_CHECK.faults(), Mutant.NO_EPOCH_CHECK),
                Scenario.of(13, SHORT, null, Mutant.NO_EPOCH_CHECK));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void the_printed_command_gives_the_very_scenario(Scenario scenario) {
        List<String> words = List.of(SimulateCommand.again(scenario).split(" "));

        SimulateCommand.Options options =
                SimulateCommand.parse(words.subList(2, words.size()).toArray(String[]::new));

        assertThat(words).startsWith("./drove", "simulate");
        assertThat(options.scenario(options.seed())).isEqualTo(scenario);
        assertThat(options.seeds()).isEqualTo(1);
    }

    @Test
    void what_is_the_default_is_not_printed() {
        assertThat(SimulateCommand.again(Scenario.of(7, Scenario.DEFAULT_LENGTH, null, Seams.NONE)))
                .isEqualTo("./drove simulate --seed 7");
        assertThat(SimulateCommand.again(Scenario.of(3, Duration.ofMinutes(30), Set.of(), Mutant.STOP_IGNORED)))
                .isEqualTo("./drove simulate --seed 3 --hours 0.5 --mutant stop-ignored --faults none");
    }

    @Test
    void a_failure_is_told_with_its_seed_the_command_and_the_last_fifty_events() {
        StringWriter text = new StringWriter();

        Simulation.Summary summary = new Simulation(new PrintWriter(text))
                .run(1, 20, seed -> Scenario.of(seed, SHORT, Set.of(), Mutant.PORT_GIVEN_TWICE));

        Scenario failed = summary.failed().orElseThrow().scenario();
        List<String> lines = text.toString().lines().toList();
        int last = lines.indexOf("last 50 events:");
        assertThat(lines).first().asString().startsWith("seed " + failed.seed() + ": ");
        assertThat(lines.get(1)).startsWith("VIOLATED after ").contains("I8");
        assertThat(lines.subList(last + 1, lines.size() - 1))
                .hasSize(50)
                .anySatisfy(event -> assertThat(event).contains("VIOLATION I8"));
        assertThat(lines).last().isEqualTo("again: " + SimulateCommand.again(failed));
        assertThat(Arrays.asList(SimulateCommand.again(failed).split(" ")))
                .contains("--seed", Long.toString(failed.seed()), "--hours", "--mutant", "--faults");
    }
}
