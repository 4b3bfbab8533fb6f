package io.drove.dist.dev;

import static io.drove.model.Assertion.require;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code drove dev}: a cluster of one machine with a sample application, for trying things out and for developing Drove itself. */
@Command(
        name = "drove dev",
        description = "Runs a one-machine cluster with a sample application until Ctrl-C.",
        sortOptions = false,
        abbreviateSynopsis = true)
public final class DevCommand {
    private static final int HELP_WIDTH = 110;

    @Option(names = "--detach", description = "Return once everything is up; the cluster runs on in the background.")
    private boolean isDetached;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML with the mappings controller and executor, laid over their configuration.")
    private @Nullable Path configuration;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where the cluster keeps everything (default: drove/dev under the XDG data directory).")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "Added to every port: 10000, 10001, 10002, 11000, 11001 (default: 0).")
    private int portOffset;

    @Option(
            names = "--no-install",
            description = "Change nothing on the machine: say what is missing instead of installing or starting it.")
    private boolean isInstallForbidden;

    @Option(names = "--no-sample", description = "Do not deploy the sample application.")
    private boolean isSampleUnwanted;

    @Option(names = "--cleanup", description = "Remove this cluster's containers at the end.")
    private boolean isCleanup;

    private final PrintStream out;

    private DevCommand(PrintStream out) {
        this.out = out;
    }

    /** Runs {@code drove dev ARGUMENTS} and returns its exit code; without {@code --detach} that is when the cluster has ended. */
    public static int run(List<String> arguments, PrintStream out) {
        DevCommand command = new DevCommand(out);
        CommandLine whole =
                new CommandLine(command).addSubcommand("stop", new Stop(out)).addSubcommand("status", new Status(out));
        addHelp(whole);
        whole.getSubcommands().values().forEach(DevCommand::addHelp);
        return whole.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(HELP_WIDTH)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionStrategy(parsed -> execute(command, parsed, arguments))
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println("drove dev: " + e.getMessage());
                    return 1;
                })
                .execute(arguments.toArray(String[]::new));
    }

    /** As all other commands have it. */
    private static void addHelp(CommandLine line) {
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .type(boolean.class)
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
    }

    private static int execute(DevCommand dev, CommandLine.ParseResult parsed, List<String> arguments) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        Object chosen = parsed.hasSubcommand()
                ? parsed.subcommand().commandSpec().userObject()
                : parsed.commandSpec().userObject();
        try {
            return switch (chosen) {
                case Stop stop -> stop.run();
                case Status status -> status.run();
                default -> dev.run(arguments);
            };
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int run(List<String> arguments) throws IOException, InterruptedException {
        DevDirectory directory = directory(dataDirectory);
        if (isDetached) {
            List<String> rest = new ArrayList<>(List.of("dev"));
            arguments.stream().filter(argument -> !argument.equals("--detach")).forEach(rest::add);
            return Detached.run(directory, rest, out);
        }
        DevOptions options = new DevOptions(
                directory,
                new DevPorts(portOffset),
                Optional.ofNullable(configuration),
                !isSampleUnwanted,
                !isInstallForbidden,
                isCleanup);
        return DevCluster.run(options, new Progress(out));
    }

    private static DevDirectory directory(@Nullable Path chosen) {
        return DevDirectory.of(chosen == null ? DevDirectory.defaultRoot(System.getenv()) : chosen, System.getenv());
    }

    @Command(
            name = "stop",
            description = "Ends the cluster; its containers run on.",
            sortOptions = false,
            abbreviateSynopsis = true)
    private static final class Stop {
        private final PrintStream out;

        @Option(names = "--data-dir", paramLabel = "DIR", description = "The cluster's data directory.")
        private @Nullable Path dataDirectory;

        @Option(names = "--cleanup", description = "Remove this cluster's containers.")
        private boolean isCleanup;

        Stop(PrintStream out) {
            this.out = out;
        }

        int run() throws IOException, InterruptedException {
            return DevStop.run(directory(dataDirectory), isCleanup, new Progress(out));
        }
    }

    @Command(
            name = "status",
            description = "Tells whether the cluster runs and how to reach it.",
            sortOptions = false,
            abbreviateSynopsis = true)
    private static final class Status {
        private final PrintStream out;

        @Option(names = "--data-dir", paramLabel = "DIR", description = "The cluster's data directory.")
        private @Nullable Path dataDirectory;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORMAT",
                description = "text or json (default: text).")
        private String format = "text";

        Status(PrintStream out) {
            this.out = out;
        }

        int run() throws IOException {
            require(format.equals("text") || format.equals("json"), "output must be text or json, was %s", format);
            return DevStatus.print(directory(dataDirectory), format.equals("json"), out);
        }
    }
}
