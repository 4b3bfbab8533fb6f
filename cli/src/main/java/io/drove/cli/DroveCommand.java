package io.drove.cli;

import io.drove.cli.command.Action;
import io.drove.cli.command.CommandFailedException;
import io.drove.cli.command.Commands;
import io.drove.cli.command.Context;
import io.drove.cli.line.Arguments;
import io.drove.cli.line.Command;
import io.drove.cli.line.PicocliReader;
import io.drove.cli.line.PicocliReader.Outcome;
import io.drove.cli.line.QuickReader;
import io.drove.cli.line.UsageException;
import io.drove.cli.process.Environment;
import io.drove.cli.show.Plain;
import io.drove.client.CallFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;

/** Runs one command line. Errors go to standard error, exit codes are {@link #SUCCESS} and the three below it. */
public final class DroveCommand {
    public static final int SUCCESS = 0;
    /** Refused, failed, or not found. */
    public static final int FAILED = 1;
    /** The command line, or a file or variable that it rests on, is wrong; nothing was sent. */
    public static final int USAGE = 2;
    /** The cluster cannot be reached, or does not let this user in. */
    public static final int NO_ACCESS = 3;

    private static final String VERSION_FILE = "/io/drove/cli/version.txt";

    private DroveCommand() {}

    /**
     * A subcommand that is not the command line's own, such as {@code dev} and {@code server}: it gets all the words after its name, and is not
     * touched unless it is named first.
     */
    public record Role(String name, String summary, Runner runner) {
        /** What the role does; returns the exit code. */
        @FunctionalInterface
        public interface Runner {
            int run(List<String> words, Environment environment);
        }
    }

    /** Runs the commands of this module alone. */
    public static int run(String[] words, Environment environment) {
        return run(words, environment, List.of());
    }

    /** Runs one command line and returns its exit code; both streams are flushed. */
    public static int run(String[] words, Environment environment, List<Role> roles) {
        try {
            return dispatch(List.of(words), environment, roles);
        } finally {
            environment.out().flush();
            environment.err().flush();
        }
    }

    private static int dispatch(List<String> words, Environment environment, List<Role> roles) {
        String first = words.isEmpty() ? "" : words.getFirst();
        for (Role role : roles) {
            if (role.name().equals(first)) {
                return role.runner().run(words.subList(1, words.size()), environment);
            }
        }
        if (words.contains(Commands.VERSION)) {
            environment.out().println("drove " + version());
            return SUCCESS;
        }
        Command.Group root = Commands.root(roles.stream()
                .map(role -> new Command.Leaf<>(role.name(), role.summary(), List.of(), List.of(), role.runner()))
                .toList());
        if (words.contains(Commands.FULL_HELP)) {
            environment.out().print(new PicocliReader(root).fullHelp());
            return SUCCESS;
        }
        int completion = words.indexOf(Commands.COMPLETION);
        if (completion >= 0) {
            return complete(root, completion + 1 < words.size() ? words.get(completion + 1) : "", environment);
        }
        Optional<Arguments> plain = QuickReader.read(root, words);
        return plain.isPresent()
                ? run(plain.get(), environment)
                : readAgain(new PicocliReader(root), words, environment);
    }

    private static int complete(Command.Group root, String shell, Environment environment) {
        if (!Commands.SHELLS.contains(shell)) {
            environment
                    .err()
                    .println("error: " + Commands.COMPLETION + " is \"" + Plain.line(shell) + "\"; it can be "
                            + String.join(", ", Commands.SHELLS));
            return USAGE;
        }
        environment.out().print(new PicocliReader(root).completion(shell));
        return SUCCESS;
    }

    private static int readAgain(PicocliReader reader, List<String> words, Environment environment) {
        return switch (reader.read(words)) {
            case Outcome.Run(Arguments arguments) -> run(arguments, environment);
            case Outcome.Help(String text, boolean asked) -> help(text, asked, environment);
            case Outcome.Wrong(String reason, String command) -> {
                environment.err().println("error: " + Plain.line(reason) + "\nSee `" + command + " --help`.");
                yield USAGE;
            }
        };
    }

    private static int help(String text, boolean asked, Environment environment) {
        (asked ? environment.out() : environment.err()).print(text);
        return asked ? SUCCESS : USAGE;
    }

    private static int run(Arguments arguments, Environment environment) {
        if (!(arguments.command().action() instanceof Action action)) {
            environment.err().println("error: " + arguments.command().name() + " must be the first word after drove");
            return USAGE;
        }
        Context context = new Context(arguments, environment);
        try {
            arguments.checkChoices();
            action.run(context);
            return environment.out().checkError() ? FAILED : SUCCESS;
        } catch (UsageException wrong) {
            return report(environment, arguments, wrong, USAGE);
        } catch (CommandFailedException failed) {
            return report(environment, arguments, failed, FAILED);
        } catch (CallFailedException failed) {
            return report(environment, arguments, context, failed);
        } catch (FileSystemException failed) {
            environment
                    .err()
                    .println("error: cannot use " + failed.getFile() + ": "
                            + (failed.getReason() == null ? failed.getClass().getSimpleName() : failed.getReason()));
            return FAILED;
        } catch (IOException failed) {
            return report(environment, arguments, failed, FAILED);
        }
    }

    private static int report(Environment environment, Arguments arguments, Exception failure, int code) {
        environment.out().flush();
        environment.err().println("error: " + Plain.lines(String.valueOf(failure.getMessage())));
        debug(environment.err(), arguments, failure);
        return code;
    }

    private static int report(
            Environment environment, Arguments arguments, Context context, CallFailedException failure) {
        PrintStream err = environment.err();
        environment.out().flush();
        err.println("error: " + Plain.lines(String.valueOf(failure.getMessage())) + advice(failure, context.source()));
        for (String mistake : failure.details().validationErrors()) {
            err.println("  " + Plain.line(mistake));
        }
        for (String warning : failure.details().warnings()) {
            err.println("warning: " + Plain.line(warning));
        }
        debug(err, arguments, failure);
        return switch (failure.kind()) {
            case REFUSED, UNREADABLE -> FAILED;
            case UNAUTHENTICATED, FORBIDDEN, UNREACHABLE, NO_LEADER -> NO_ACCESS;
        };
    }

    private static String advice(CallFailedException failure, String source) {
        return switch (failure.kind()) {
            case REFUSED, UNREADABLE -> "";
            case UNREACHABLE ->
                "; is the cluster running? The endpoint comes from " + source
                        + ". Try `drove dev status`, or name another with --endpoint or DROVE_ENDPOINT";
            case NO_LEADER -> "; wait for an election to end, or name the other controllers too: --endpoint URL,URL,…";
            case UNAUTHENTICATED ->
                "; give --username and --password, or DROVE_USERNAME and DROVE_PASSWORD. The endpoint comes from "
                        + source;
            case FORBIDDEN -> "; use one with the role that it needs";
        };
    }

    private static void debug(PrintStream err, Arguments arguments, Exception failure) {
        if (arguments.global().containsKey("--debug")) {
            failure.printStackTrace(err);
        }
    }

    /** The version that was built. */
    public static String version() {
        try (java.io.InputStream in = DroveCommand.class.getResourceAsStream(VERSION_FILE)) {
            return in == null
                    ? "unknown"
                    : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
