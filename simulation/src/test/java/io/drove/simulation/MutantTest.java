package io.drove.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.simulation.invariant.Violation;
import io.drove.simulation.mutant.Mutant;
import io.drove.simulation.node.Seams;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The invariants have teeth: each broken variant is caught, by an invariant that it breaks, and the same world without it is clean. */
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
    void a_broken_variant_is_caught_within_a_thousand_seeds_and_nothing_else_is(Mutant mutant) {
        Simulation.Summary summary = new Simulation(new PrintWriter(Writer.nullWriter()))
                .run(1, SEEDS_MAX, seed -> Scenario.of(seed, LENGTH, mutant.faults(), mutant));

        assertThat(summary.failed()).isPresent();
        Scenario caught = summary.failed().orElseThrow().scenario();
        Violation violation = summary.failed().orElseThrow().violation().orElseThrow();
        System.out.println(mutant + " caught at seed " + caught.seed() + " by " + violation.invariant());
        assertThat(violation.invariant()).as(violation.toString()).isIn(mayShowAs(mutant));
        assertThat(new World(Scenario.of(caught.seed(), LENGTH, caught.faults(), Seams.NONE))
                        .run()
                        .violation())
                .as("seed %d with nothing broken", caught.seed())
                .isEmpty();
    }

    /** What each of them breaks; anything else, a bug included, would be caught by chance. */
    private static Set<String> mayShowAs(Mutant mutant) {
        return switch (mutant) {
            case NO_EPOCH_CHECK -> Set.of("I5");
            case CORE_GRANTED_TWICE -> Set.of("I1");
            case NUMA_IGNORED -> Set.of("I2");
            case FORGOTTEN_OPERATION_DEADLINE -> Set.of("L2");
            case FORGOTTEN_SILENCE -> Set.of("L1", "L3");
            case REPLY_BEFORE_DURABILITY -> Set.of("I4");
            case PORT_GIVEN_TWICE -> Set.of("I8");
            case ENDLESS_BACK_OFF -> Set.of("L3");
            case BUDGET_IGNORED -> Set.of("I7");
            case KILL_BY_ABSENCE -> Set.of("I6");
            case STOP_IGNORED -> Set.of("L1", "L5");
            // It reports them as gone while they run: killed by nobody's order, or their cores and ports given again.
            case NOTHING_ADOPTED -> Set.of("I1", "I6", "I8", "L5");
            case LIVE_DIFFERS -> Set.of("I14");
            case STALE_BATCH_APPLIED -> Set.of("I4", "I10");
            // A controller that is alone can lead no more: it waits for the batch that it lost.
            case BATCH_SKIPPED -> Set.of("I10", "L1");
        };
    }
}
