package io.drove.simulation;

import io.drove.simulation.load.FaultKind;
import io.drove.simulation.node.Seams;
import io.drove.simulation.node.SimulatedCluster;
import io.drove.simulation.time.Dice;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a world is made of: seed, length, faults and seams; the rest is drawn by the seed, so that a command can name all of it.
 *
 * @param length how long faults and clients go on; the time to come to rest follows
 * @param faultPauseMax the longest time between two faults
 * @param operationPauseMax the longest time between two operations
 */
public record Scenario(
        long seed,
        Duration length,
        Set<FaultKind> faults,
        SimulatedCluster.Size size,
        Duration faultPauseMax,
        Duration operationPauseMax,
        Seams seams) {
    public static final Duration DEFAULT_LENGTH = Duration.ofMinutes(20);

    /** What that seed draws: size, kinds of faults and how often they come. {@code faults} overrides the drawn ones when it is given. */
    public static Scenario of(long seed, Duration length, @Nullable Set<FaultKind> faults, Seams seams) {
        Dice dice = new Dice(seed);
        boolean isAlone = dice.chance(0.5);
        var size = new SimulatedCluster.Size(isAlone ? 1 : 3, dice.between(2, 5), dice.chance(0.15));
        Set<FaultKind> drawn = draw(dice);
        return new Scenario(
                seed,
                length,
                faults == null ? drawn : faults,
                size,
                Duration.ofSeconds(dice.of(List.of(5, 15, 40, 120))),
                Duration.ofSeconds(dice.of(List.of(5, 15, 40, 120))),
                seams);
    }

    /** Some kinds, sometimes none: a fault can hide another. */
    private static Set<FaultKind> draw(Dice dice) {
        EnumSet<FaultKind> drawn = EnumSet.noneOf(FaultKind.class);
        double part = dice.of(List.of(0.0, 0.1, 0.2, 0.4, 0.8));
        for (FaultKind kind : FaultKind.values()) {
            if (dice.chance(part)) {
                drawn.add(kind);
            }
        }
        return drawn;
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + size.controllers() + " controllers, " + size.executors() + " executors, "
                + length.toMinutes() + " minutes, faults " + FaultKind.print(faults);
    }
}
