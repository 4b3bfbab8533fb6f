package io.drove.cli.line;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Reads any command line, refuses wrong ones with a reason, and prints help and completion scripts. */
public final class PicocliReader {
    private static final String HELP = "--help";
    private static final String OUTPUT_SHORT = "-o";

    private final Command.Group root;
    private final CommandLine line;

    public PicocliReader(Command.Group root) {
        this.root = root;
        this.line = new CommandLine(spec(root));
        line.setOverwrittenOptionsAllowed(false);
        line.setUsageHelpWidth(110);
    }

    /** What a command line asks for. */
    public sealed interface Outcome {
        /** Run this. */
        record Run(Arguments arguments) implements Outcome {}

        /** Show this; {@code asked} tells help that was asked for from help because a command is missing. */
        record Help(String text, boolean asked) implements Outcome {}

        /** The line is wrong. */
        record Wrong(String reason, String command) implements Outcome {}
    }

    /** Reads the line. */
    public Outcome read(List<String> words) {
        // Looking for what a lone "-" abbreviates, picocli 4.7.7 runs out of its bounds.
        line.setAbbreviatedOptionsAllowed(!words.contains("-"));
        try {
            return outcome(line.parseArgs(words.toArray(String[]::new)));
        } catch (CommandLine.UnmatchedArgumentException unknown) {
            CommandSpec at = unknown.getCommandLine().getCommandSpec();
            String reason = switch (at.userObject()) {
                case Command.Group group -> notThere(group, at.qualifiedName(), unknown);
                case Command.Leaf<?> leaf -> unknown.getMessage() + meant(unknown) + formatHint(leaf, words);
                default -> unknown.getMessage() + meant(unknown);
            };
            return new Outcome.Wrong(reason, at.qualifiedName());
        } catch (CommandLine.ParameterException wrong) {
            return new Outcome.Wrong(
                    String.valueOf(wrong.getMessage()),
                    wrong.getCommandLine().getCommandSpec().qualifiedName());
        }
    }

    private static String meant(CommandLine.UnmatchedArgumentException unknown) {
        return unknown.getSuggestions().isEmpty()
                ? ""
                : "; did you mean " + String.join(" or ", unknown.getSuggestions()) + "?";
    }

    private static String notThere(Command.Group group, String name, CommandLine.UnmatchedArgumentException unknown) {
        String word = unknown.getUnmatched().getFirst();
        if (word.startsWith("-")) {
            return unknown.getMessage() + meant(unknown);
        }
        String known = group.children().get().stream().map(Command::name).collect(Collectors.joining(", "));
        return "`" + name + "` has no command \"" + word + "\"" + meant(unknown) + "; it has " + known;
    }

    /** For those who write the format after a short switch, as all other commands have it. */
    private static String formatHint(Command.Leaf<?> leaf, List<String> words) {
        for (Flag flag : leaf.flags()) {
            int at = flag.isSwitch() ? words.indexOf(OUTPUT_SHORT) : -1;
            if (at >= 0 && at + 1 < words.size() && flag.names().contains(OUTPUT_SHORT)) {
                return "; here " + OUTPUT_SHORT + " means " + flag.key() + ", for the format write --output "
                        + words.get(at + 1);
            }
        }
        return "";
    }

    private Outcome outcome(ParseResult parsed) {
        Map<String, String> global = new HashMap<>();
        ParseResult at = parsed;
        take(root.flags(), at, global);
        while (at.hasSubcommand()) {
            if (at.hasMatchedOption(HELP)) {
                return new Outcome.Help(usage(at.commandSpec().commandLine()), true);
            }
            at = at.subcommand();
        }
        CommandLine here = at.commandSpec().commandLine();
        boolean asked = at.hasMatchedOption(HELP);
        if (asked || !(at.commandSpec().userObject() instanceof Command.Leaf<?> leaf)) {
            return new Outcome.Help(usage(here), asked);
        }
        Map<String, String> flags = new HashMap<>();
        take(leaf.flags(), at, flags);
        take(inherited(root, leaf), at, global);
        List<String> operands = new ArrayList<>();
        for (CommandLine.Model.ArgSpec positional : at.matchedPositionals()) {
            operands.addAll(positional.originalStringValues());
        }
        return new Outcome.Run(new Arguments(leaf, global, flags, operands));
    }

    private static void take(List<Flag> flags, ParseResult parsed, Map<String, String> into) {
        for (Flag flag : flags) {
            if (parsed.hasMatchedOption(flag.key())) {
                OptionSpec option = parsed.matchedOption(flag.key());
                into.put(
                        flag.key(),
                        flag.isSwitch() ? "true" : option.originalStringValues().getLast());
            }
        }
    }

    /** The global flags that may also stand after the command: their long names, less what the command uses itself. */
    static List<Flag> inherited(Command.Group root, Command.Leaf<?> leaf) {
        List<Flag> inherited = new ArrayList<>();
        for (Flag flag : root.flags()) {
            boolean taken = leaf.flags().stream().anyMatch(own -> own.names().contains(flag.key()));
            if (!taken) {
                inherited.add(
                        new Flag(List.of(flag.key()), flag.label(), flag.summary(), flag.fallback(), flag.allowed()));
            }
        }
        return inherited;
    }

    private static String usage(CommandLine at) {
        StringWriter text = new StringWriter();
        at.usage(new PrintWriter(text), Ansi.OFF);
        return text.toString();
    }

    /** The help of every command, sorted, with a rule between them. */
    public String fullHelp() {
        StringBuilder text = new StringBuilder();
        addHelp(line, text);
        return text.toString();
    }

    private static void addHelp(CommandLine at, StringBuilder text) {
        text.append(usage(at)).repeat('=', 72).append('\n');
        at.getSubcommands().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(child -> addHelp(child.getValue(), text));
    }

    /** A completion script that bash and, through its compatibility layer, zsh can read. */
    public String completion(String shell) {
        String script = AutoComplete.bash(root.name(), line);
        return shell.equals("zsh")
                ? "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" + script
                : script;
    }

    private CommandSpec spec(Command command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(command.name());
        spec.usageMessage()
                .description(escape(command.summary()))
                .sortOptions(false)
                .abbreviateSynopsis(true);
        spec.addOption(OptionSpec.builder("-h", HELP)
                .type(boolean.class)
                .usageHelp(true)
                .description("Show this help.")
                .build());
        switch (command) {
            case Command.Group group -> {
                group.flags().forEach(flag -> spec.addOption(option(flag, false)));
                for (Command child : group.children().get()) {
                    spec.addSubcommand(child.name(), spec(child));
                }
            }
            case Command.Leaf<?> leaf -> {
                leaf.flags().forEach(flag -> spec.addOption(option(flag, false)));
                inherited(root, leaf).forEach(flag -> spec.addOption(option(flag, true)));
                for (int i = 0; i < leaf.operands().size(); i++) {
                    spec.addPositional(positional(leaf.operands().get(i), i));
                }
            }
        }
        return spec;
    }

    private static OptionSpec option(Flag flag, boolean hidden) {
        OptionSpec.Builder builder =
                OptionSpec.builder(flag.names().toArray(String[]::new)).hidden(hidden);
        if (flag.isSwitch()) {
            return builder.type(boolean.class)
                    .arity("0")
                    .description(escape(flag.summary()))
                    .build();
        }
        String summary = flag.summary()
                + (flag.allowed().isEmpty() ? "" : " One of " + String.join(", ", flag.allowed()) + ".")
                + (flag.fallback().isEmpty() ? "" : " Default: " + flag.fallback());
        builder.type(String.class).arity("1").paramLabel(flag.label()).description(escape(summary));
        if (!flag.allowed().isEmpty()) {
            builder.completionCandidates(flag.allowed());
        }
        return builder.build();
    }

    private static PositionalParamSpec positional(Operand operand, int index) {
        PositionalParamSpec.Builder builder = PositionalParamSpec.builder()
                .paramLabel(operand.name())
                .required(true)
                .description(escape(operand.summary()));
        return operand.many()
                ? builder.index(index + "..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1..*")
                        .build()
                : builder.index(String.valueOf(index))
                        .type(String.class)
                        .arity("1")
                        .build();
    }

    /** Descriptions are format strings to picocli. */
    private static String escape(String text) {
        return text.replace("%", "%%");
    }
}
