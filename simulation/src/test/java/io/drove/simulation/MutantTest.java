package io.drove.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.simulation.mutant.Mutant;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The invariants have teeth: each broken variant is caught. */
@Tag("long")
final class MutantTest {
    private static final int SEEDS_MAX = 1_000;
    private static final Duration LENGTH = Duration.ofMinutes(6);

    @BeforeAll
    static void silence() {
        SimulateCommand.silenceLogs();
    }

    @ParameterizedTest
    @EnumSource
    void a_broken_variant_is_caught_within_a_thousand_seeds(Mutant mutant) {
        Simulation.Summary summary = new Simulation(new PrintWriter(Writer.nullWriter()))
                .run(1, SEEDS_MAX, seed -> Scenario.of(seed, LENGTH, mutant.faults(), mutant));

        assertThat(summary.failed()).isPresent();
        System.out.println(mutant + " caught at seed " + summary.worlds() + " by "
                + summary.failed().orElseThrow().violation().orElseThrow().invariant());
    }
}
