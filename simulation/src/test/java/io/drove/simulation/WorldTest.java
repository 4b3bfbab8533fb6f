package io.drove.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.simulation.load.FaultKind;
import io.drove.simulation.node.Seams;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No seed violates anything, and a seed is one history. */
final class WorldTest {
    private static final Duration SHORT = Duration.ofMinutes(5);

    @BeforeAll
    static void silence() {
        SimulateCommand.silenceLogs();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_seed_gives_the_same_history_each_time(long seed) {
        Scenario scenario = Scenario.of(seed, SHORT, EnumSet.allOf(FaultKind.class), Seams.NONE);

        Result once = new World(scenario).run();
        Result again = new World(scenario).run();

        assertThat(again).isEqualTo(once);
        assertThat(once.events()).isGreaterThan(1_000);
    }

    @Test
    void different_seeds_give_different_histories() {
        Result one = new World(Scenario.of(1, SHORT, null, Seams.NONE)).run();
        Result other = new World(Scenario.of(2, SHORT, null, Seams.NONE)).run();

        assertThat(other.hash()).isNotEqualTo(one.hash());
    }

    @Test
    void a_few_seeds_hold_all_invariants() {
        Simulation.Summary summary = new Simulation(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .run(1, 12, seed -> Scenario.of(seed, SHORT, null, Seams.NONE));

        assertThat(summary.failed()).isEmpty();
    }

    @Test
    @Tag("long")
    void a_hundred_cluster_hours_hold_all_invariants() {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

        Simulation.Summary summary = new Simulation(out)
                .run(1_000, 290, seed -> Scenario.of(seed, Scenario.DEFAULT_LENGTH, null, Seams.NONE));

        out.println(summary);
        assertThat(summary.failed()).isEmpty();
        assertThat(summary.hours()).isGreaterThanOrEqualTo(100);
        assertThat(summary.seen().keySet())
                .as("what never happens is not tested")
                .contains(
                        "batch does not count",
                        "AppDestroyed",
                        "ExecutorReturned",
                        "GhostGone",
                        "InstanceCondemned START_TIMEOUT",
                        "InstanceFailed",
                        "InstanceGivenUp",
                        "CREATE FAILED",
                        "REPLACE_INSTANCES CANCELLED",
                        "REPLACE_INSTANCES FAILED",
                        "RECOVER SUCCEEDED",
                        "SCALE_INSTANCES FAILED",
                        "START_INSTANCES CANCELLED",
                        "STOP_INSTANCES SUCCEEDED",
                        "SUSPEND SUCCEEDED");
    }

    /** R3: what no fault has taken is not replaced. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "brief-pause",
                "leader-move",
                "controller-kill",
                "controller-pause",
                "slow-disk",
                "late-commit",
                "clock-jump",
                "engine-restart"
            })
    void nothing_is_replaced_for_nothing(String faults) {
        for (long seed = 1; seed <= 4; seed++) {
            Result result = new World(Scenario.of(seed, SHORT, FaultKind.parse(faults), Seams.NONE)).run();

            assertThat(result.violation()).isEmpty();
            assertThat(result.counts().lost()).as("seed %d", seed).isZero();
        }
    }
}
