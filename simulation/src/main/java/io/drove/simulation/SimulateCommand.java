package io.drove.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.drove.simulation.load.FaultKind;
import io.drove.simulation.mutant.Mutant;
import io.drove.simulation.node.Seams;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** {@code ./drove simulate}: runs seeds, or one again exactly as it was. */
public final class SimulateCommand {
    private static final double MILLIS_OF_HOUR = 3_600_000;

    private SimulateCommand() {}

    record Options(
            long seed, int seeds, Duration length, @Nullable Set<FaultKind> faults, Seams seams, boolean traces) {
        /** What {@code seed} of these seeds is run as. */
        Scenario scenario(long one) {
            return Scenario.of(one, length, faults, seams);
        }
    }

    /** The command that runs this scenario again exactly as it was: what differs from the defaults is named. */
    static String again(Scenario scenario) {
        StringBuilder command = new StringBuilder("./drove simulate --seed " + scenario.seed());
        if (!scenario.length().equals(Scenario.DEFAULT_LENGTH)) {
            command.append(" --hours ").append(scenario.length().toMillis() / MILLIS_OF_HOUR);
        }
        Set<FaultKind> unnamed = null;
        if (scenario.seams() instanceof Mutant mutant) {
            command.append(" --mutant ")
                    .append(mutant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            unnamed = mutant.faults();
        }
        Scenario drawn = Scenario.of(scenario.seed(), scenario.length(), unnamed, scenario.seams());
        if (!drawn.faults().equals(scenario.faults())) {
            command.append(" --faults ").append(FaultKind.print(scenario.faults()));
        }
        return command.toString();
    }

    private static String usage() {
        return """
            usage: drove simulate [--seed N] [--seeds COUNT] [--hours H] [--faults KINDS] [--mutant NAME] [--trace]
              --seed N       the first seed, default 1
              --seeds COUNT  how many seeds, default 1
              --hours H      how many simulated hours each seed is under faults, such as 0.5; default 20 minutes
              --faults KINDS all, none, or some of: %s; default: drawn by the seed
              --mutant NAME  break one part on purpose, one of: %s
              --trace        print every event
            """.formatted(FaultKind.print(FaultKind.parse("all")), Arrays.toString(Mutant.values()));
    }

    /** Exit code 0 when nothing was violated, 1 when something was, 2 for arguments that make no sense. */
    public static int run(String[] args, PrintStream to) {
        PrintWriter out = new PrintWriter(to, true, StandardCharsets.UTF_8);
        if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
            out.print(usage());
            out.flush();
            return 0;
        }
        Options options;
        try {
            options = parse(args);
        } catch (IllegalArgumentException wrong) {
            out.println(wrong.getMessage());
            out.print(usage());
            out.flush();
            return 2;
        }
        silenceLogs();
        if (options.traces()) {
            Scenario scenario = options.scenario(options.seed());
            out.println(scenario);
            World world = new World(scenario);
            world.trace().tellAll(out::println);
            Result result = world.run();
            out.println(result);
            return result.violation().isPresent() ? 1 : 0;
        }
        Simulation.Summary summary = new Simulation(out).run(options.seed(), options.seeds(), options::scenario);
        summary.seen().forEach((what, count) -> out.printf("%9d %s%n", count, what));
        out.println(summary);
        return summary.failed().isPresent() ? 1 : 0;
    }

    /** What the simulated processes log would drown what they do; the trace tells that. */
    static void silenceLogs() {
        if (LoggerFactory.getLogger("io.drove") instanceof Logger logger) {
            logger.setLevel(Level.OFF);
        }
    }

    static Options parse(String[] args) {
        long seed = 1;
        int seeds = 1;
        Duration length = Scenario.DEFAULT_LENGTH;
        Set<FaultKind> faults = null;
        Seams seams = Seams.NONE;
        boolean traces = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--seed" -> seed = number(args, ++i, Long::parseLong);
                case "--seeds" -> seeds = number(args, ++i, Integer::parseInt);
                case "--hours" ->
                    length = Duration.ofMillis(Math.round(number(args, ++i, Double::parseDouble) * MILLIS_OF_HOUR));
                case "--faults" -> faults = FaultKind.parse(value(args, ++i));
                case "--mutant" -> {
                    Mutant mutant = Mutant.valueOf(
                            value(args, ++i).toUpperCase(Locale.ROOT).replace('-', '_'));
                    seams = mutant;
                    faults = faults == null ? mutant.faults() : faults;
                }
                case "--trace" -> traces = true;
                default -> throw new IllegalArgumentException("unknown argument " + args[i]);
            }
        }
        return new Options(seed, seeds, length, faults, seams, traces);
    }

    private static String value(String[] args, int at) {
        if (at >= args.length) {
            throw new IllegalArgumentException(args[at - 1] + " needs a value");
        }
        return args[at];
    }

    private static <T> T number(String[] args, int at, Function<String, T> parse) {
        String text = value(args, at);
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(args[at - 1] + " is \"" + text + "\"; it must be a number", e);
        }
    }

    static void main(String[] args) {
        System.exit(run(args, System.out));
    }
}
