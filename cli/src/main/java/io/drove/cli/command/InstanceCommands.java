package io.drove.cli.command;

import static io.drove.cli.command.AppCommands.text;
import static io.drove.cli.command.Commands.leaf;
import static io.drove.cli.line.Operand.many;
import static io.drove.cli.line.Operand.one;

import io.drove.cli.follow.LogTail;
import io.drove.cli.line.Arguments;
import io.drove.cli.line.Command.Leaf;
import io.drove.cli.line.Flag;
import io.drove.cli.line.Operand;
import io.drove.cli.process.QuietEnd;
import io.drove.cli.show.Details;
import io.drove.cli.show.Plain;
import io.drove.cli.show.Screen;
import io.drove.cli.show.Table;
import io.drove.client.CallFailedException;
import io.drove.client.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code drove appinstances …} */
final class InstanceCommands {
    private static final Operand APP = one("APP_ID", "Application, NAME-VERSION.");
    private static final Operand INSTANCE = one("INSTANCE_ID", "Instance, AI-….");
    private static final Operand INSTANCES = many("INSTANCE_ID", "Instances, AI-….");
    private static final Flag LOG =
            Flag.value("FILE", "Log file.", "--log", "-l").or("output.log");
    private static final Flag OLD = Flag.toggle("Those that have ended. Here -o is not the format.", "--old", "-o");
    private static final Flag LINES =
            Flag.value("N", "Begin with the last N lines.", "--lines", "-n").or("10");
    private static final Flag SKIP =
            Flag.value("BYTES", "Begin so many bytes after the file's beginning.", "--skip-chars", "-S", "--skipChars");
    private static final Flag ONCE = Flag.toggle("Print what is there and end.", "--no-follow");
    private static final Flag OUT =
            Flag.value("FILE", "Where to write it; - is standard output. Default: the same name", "--out", "-o");

    private InstanceCommands() {}

    static List<Leaf<Action>> all() {
        return List.of(
                leaf("list", "Instances of an application.", InstanceCommands::list, APP)
                        .with(OLD, Flags.sort(0, 6), Flags.REVERSE, Flags.OUTPUT_LONG),
                leaf("info", "One instance.", InstanceCommands::info, APP, INSTANCE)
                        .with(Flags.OUTPUT),
                leaf("logs", "The log files of an instance.", InstanceCommands::logs, APP, INSTANCE)
                        .with(Flags.OUTPUT),
                leaf("tail", "Follow a log file.", InstanceCommands::tail, APP, INSTANCE)
                        .with(LOG, LINES, SKIP, ONCE),
                leaf(
                                "download",
                                "Fetch a log file.",
                                InstanceCommands::download,
                                APP,
                                INSTANCE,
                                one("FILE", "Log file."))
                        .with(OUT),
                leaf(
                                "replace",
                                "Start new instances for these, then stop them.",
                                InstanceCommands::replace,
                                APP,
                                INSTANCES)
                        .with(Flags.OPERATION),
                leaf("kill", "Stop these instances and start none for them.", InstanceCommands::kill, APP, INSTANCES)
                        .with(Flags.OPERATION));
    }

    private static void list(Context context) {
        Arguments arguments = context.arguments();
        int column = arguments.number("--sort", 0, 6);
        String appId = arguments.operand(0);
        JsonNode instances = (arguments.has(OLD.key())
                        ? context.client().oldInstances(appId)
                        : context.client().instances(appId))
                .data();
        context.show(instances, () -> {
            Table table = table(context.screen(), instances);
            table.sort(column, arguments.has("--reverse"));
            return table.render();
        });
    }

    static Table table(Screen screen, JsonNode instances) {
        Table table =
                new Table("Instance ID", "Executor Host", "Ports", "State", "Error Message", "Created", "Last Updated");
        for (JsonNode instance : instances) {
            table.add(
                    text(instance, "instanceId"),
                    text(instance.path("localInfo"), "hostname"),
                    Table.text(ports(instance)),
                    text(instance, "state"),
                    text(instance, "errorMessage"),
                    screen.time(instance.path("created")),
                    screen.time(instance.path("updated")));
        }
        return table;
    }

    private static String ports(JsonNode instance) {
        StringJoiner ports = new StringJoiner(", ");
        instance.path("localInfo")
                .path("ports")
                .properties()
                .forEach(port -> ports.add(
                        port.getKey() + ":" + port.getValue().path("hostPort").asString("")));
        return ports.toString();
    }

    private static void info(Context context) {
        JsonNode instance = context.client()
                .instance(context.arguments().operand(0), context.arguments().operand(1))
                .data();
        context.show(
                instance, () -> info(new Details(), context.screen(), instance).render());
    }

    static Details info(Details details, Screen screen, JsonNode instance) {
        details.add("Instance ID", instance.path("instanceId").asString(""))
                .add("App ID", instance.path("appId").asString(""))
                .add("State", instance.path("state").asString(""))
                .add("Host", instance.path("localInfo").path("hostname").asString(""))
                .add("Executor ID", instance.path("executorId").asString(""))
                .add("Ports", ports(instance));
        for (JsonNode resource : instance.path("resources")) {
            switch (resource.path("type").asString("")) {
                case "CPU" -> details.add("CPU", perNode(resource.path("cores")));
                case "MEMORY" -> details.add("Memory(MB)", perNode(resource.path("memoryInMB")));
                default -> details.add(Plain.line(resource.path("type").asString("")), Json.compact(resource));
            }
        }
        return details.add("Metadata", AppCommands.pairs(instance.path("metadata")))
                .add("Error Message", instance.path("errorMessage").asString(""))
                .add("Created", screen.timeText(instance.path("created")))
                .add("Last Updated", screen.timeText(instance.path("updated")));
    }

    /** {@code node 0: [66]} for each NUMA node. */
    static String perNode(JsonNode nodes) {
        StringJoiner text = new StringJoiner("; ");
        nodes.properties().forEach(node -> text.add("node " + node.getKey() + ": " + Json.compact(node.getValue())));
        return text.toString();
    }

    private static void logs(Context context) {
        List<String> files = context.client()
                .logFiles(context.arguments().operand(0), context.arguments().operand(1));
        ArrayNode data = Json.array();
        files.forEach(data::add);
        context.show(
                data, () -> files.stream().map(file -> Plain.line(file) + "\n").reduce("", String::concat));
    }

    private static void tail(Context context) {
        Arguments arguments = context.arguments();
        LogTail tail =
                new LogTail(context.client(), arguments.operand(0), arguments.operand(1), arguments.text(LOG.key()));
        long start = arguments.given(SKIP.key()).isPresent()
                ? arguments.number(SKIP.key(), 0, Integer.MAX_VALUE)
                : tail.startOfLast(arguments.number(LINES.key(), 0, 100_000));
        PrintStream out = context.environment().out();
        // A pipe or a file gets the app's own bytes; a terminal must not be steered by them.
        boolean terminal = context.environment().outIsTerminal().getAsBoolean();
        Consumer<String> text = piece -> {
            out.print(terminal ? Plain.log(piece) : piece);
            if (out.checkError()) {
                throw new CommandFailedException("nobody reads standard output any more");
            }
        };
        if (arguments.has(ONCE.key())) {
            tail.readAll(start, text, context.screen()::note);
            return;
        }
        QuietEnd quiet = context.environment().endQuietlyOnInterrupt().get();
        try {
            tail.follow(start, context.environment().pace(), text, context.screen()::note);
        } finally {
            quiet.close();
        }
    }

    private static void download(Context context) throws IOException {
        Arguments arguments = context.arguments();
        String file = arguments.operand(2);
        String target = arguments
                .given(OUT.key())
                .orElseGet(() -> String.valueOf(Path.of(file).getFileName()));
        if (target.equals("-")) {
            context.client()
                    .downloadLog(
                            arguments.operand(0),
                            arguments.operand(1),
                            file,
                            context.environment().out());
            return;
        }
        Path path = Path.of(target);
        Path partial = Path.of(target + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(partial)) {
                context.client().downloadLog(arguments.operand(0), arguments.operand(1), file, out);
            }
            Files.move(partial, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | CallFailedException failure) {
            Files.deleteIfExists(partial);
            throw failure;
        }
        context.screen().say(target + ": " + Files.size(path) + " bytes");
    }

    private static void replace(Context context) {
        Operate.send(
                context, withInstances(Operate.onApp("REPLACE_INSTANCES", context.arguments()), context.arguments()));
    }

    private static void kill(Context context) {
        ObjectNode operation = withInstances(Operate.onApp("STOP_INSTANCES", context.arguments()), context.arguments());
        Operate.send(context, operation.put("skipRespawn", true));
    }

    private static ObjectNode withInstances(ObjectNode operation, Arguments arguments) {
        ArrayNode ids = Json.array();
        arguments.operands().stream().skip(1).forEach(ids::add);
        operation.set("instanceIds", ids);
        return operation;
    }
}
