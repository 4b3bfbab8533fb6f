package io.drove.cli.command;

import io.drove.cli.line.Command;
import io.drove.cli.line.Command.Group;
import io.drove.cli.line.Flag;
import java.util.ArrayList;
import java.util.List;

/** The tree of all commands and the global flags. */
public final class Commands {
    private Commands() {}

    /** Global flags: before the command in any form, after it by their long names. */
    private static final List<Flag> GLOBAL = List.of(
            Flag.value("FILE", "Configuration file instead of ~/.drove.", "--file", "-f"),
            Flag.value("NAME", "Cluster, a section of the configuration file.", "--cluster", "-c"),
            Flag.value("URL", "Endpoint, http(s)://host:port; several with commas between them.", "--endpoint", "-e"),
            Flag.value("VALUE", "Value of the Authorization header.", "--auth-header", "-t"),
            Flag.toggle("Accept any TLS certificate.", "--insecure", "-i"),
            Flag.value("NAME", "User of basic authentication.", "--username", "-u"),
            Flag.value(
                    "PASSWORD",
                    "Password of basic authentication; DROVE_PASSWORD hides it from the process list.",
                    "--password",
                    "-p"),
            Flag.toggle("Print what goes wrong with all its causes.", "--debug", "-d"));

    public static final String VERSION = "--version";
    public static final String FULL_HELP = "--full-help";
    public static final String COMPLETION = "--print-completion";
    public static final List<String> SHELLS = List.of("bash", "zsh");

    /** Flags that are answered before any command is looked at; here for the help. */
    private static final List<Flag> ALONE = List.of(
            Flag.toggle("Print the help of every command.", FULL_HELP),
            Flag.value("SHELL", "Print a completion script.", COMPLETION).of(SHELLS.toArray(String[]::new)),
            Flag.toggle("Print the version.", VERSION));

    /**
     * The whole tree.
     *
     * @param more commands of others, for the help and for completion
     */
    public static Group root(List<? extends Command> more) {
        List<Flag> flags = new ArrayList<>(GLOBAL);
        flags.addAll(ALONE);
        return new Group("drove", "Steer a Drove cluster.", flags, () -> {
            List<Command> all = new ArrayList<>(own());
            all.addAll(more);
            return all;
        });
    }

    private static List<Group> own() {
        return List.of(
                group("apps", "Applications and their operations.", AppCommands::all),
                group("appinstances", "Instances of applications.", InstanceCommands::all),
                group("operations", "Records of operations.", OperationCommands::all),
                group("describe", "All about one thing.", DescribeCommands::all),
                group("cluster", "The cluster as a whole.", ClusterCommands::all),
                group("executor", "The machines of the cluster.", ExecutorCommands::all),
                group("config", "Clusters in ~/.drove.", ConfigCommands::all));
    }

    private static Group group(
            String name, String summary, java.util.function.Supplier<List<? extends Command>> children) {
        return new Group(name, summary, List.of(), children);
    }

    static Command.Leaf<Action> leaf(
            String name, String summary, Action action, io.drove.cli.line.Operand... operands) {
        return new Command.Leaf<>(name, summary, List.of(), List.of(operands), action);
    }
}
