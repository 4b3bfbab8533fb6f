package io.drove.cli.command;

import static io.drove.cli.command.AppCommands.number;
import static io.drove.cli.command.AppCommands.text;
import static io.drove.cli.command.Commands.leaf;
import static io.drove.cli.line.Operand.one;

import io.drove.cli.line.Command.Leaf;
import io.drove.cli.line.Operand;
import io.drove.cli.show.Details;
import io.drove.cli.show.Plain;
import io.drove.cli.show.Screen;
import io.drove.cli.show.Table;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** {@code drove executor …} */
final class ExecutorCommands {
    private static final Operand EXECUTOR = one("EXECUTOR_ID", "Executor, as `drove executor list` shows it.");

    private ExecutorCommands() {}

    static List<Leaf<Action>> all() {
        return List.of(
                leaf("list", "All executors.", ExecutorCommands::list).with(Flags.OUTPUT),
                leaf("info", "One executor.", ExecutorCommands::info, EXECUTOR).with(Flags.OUTPUT),
                leaf("appinstances", "What runs on an executor.", ExecutorCommands::instances, EXECUTOR)
                        .with(Flags.sort(1, 5), Flags.REVERSE, Flags.OUTPUT));
    }

    private static void list(Context context) {
        JsonNode executors = context.client().executors().data();
        context.show(executors, () -> table(executors).render());
    }

    static Table table(JsonNode executors) {
        Table table = new Table(
                "Executor ID",
                "Host",
                "Port",
                "State",
                "Free Cores",
                "Used Cores",
                "Free Memory(MB)",
                "Used Memory(MB)",
                "Tags");
        for (JsonNode executor : executors) {
            table.add(
                    text(executor, "executorId"),
                    text(executor, "hostname"),
                    number(executor, "port"),
                    text(executor, "state"),
                    number(executor, "freeCores"),
                    number(executor, "usedCores"),
                    number(executor, "freeMemory"),
                    number(executor, "usedMemory"),
                    Table.text(list(executor.path("tags"))));
        }
        return table;
    }

    private static void info(Context context) {
        JsonNode executor =
                context.client().executor(context.arguments().operand(0)).data();
        context.show(
                executor, () -> info(new Details(), context.screen(), executor).render());
    }

    static Details info(Details details, Screen screen, JsonNode executor) {
        details.add("ID", executor.path("state").path("executorId").asString(""))
                .add("Host", executor.path("hostname").asString(""))
                .add("Port", executor.path("port").asString(""))
                .add("Transport", executor.path("transportType").asString(""))
                .add("State", executor.path("executorState").asString(""))
                .add("Tags", list(executor.path("tags")));
        JsonNode cpus = executor.path("state").path("cpus");
        JsonNode memory = executor.path("state").path("memory");
        cpus.path("freeCores").properties().forEach(node -> {
            String name = Plain.line(node.getKey());
            details.add(
                            "NUMA node " + name + " cores",
                            node.getValue().size() + " free, "
                                    + cpus.path("usedCores").path(node.getKey()).size() + " used")
                    .add(
                            "NUMA node " + name + " memory",
                            memory.path("freeMemory").path(node.getKey()).asLong(0) + " MB free, "
                                    + memory.path("usedMemory")
                                            .path(node.getKey())
                                            .asLong(0) + " MB used");
        });
        return details.add("Last Updated", screen.timeText(executor.path("updated")));
    }

    private static void instances(Context context) {
        int column = context.arguments().number("--sort", 0, 5);
        JsonNode instances =
                context.client().executor(context.arguments().operand(0)).data().path("instances");
        context.show(instances, () -> {
            Table table = instances(context.screen(), instances);
            table.sort(column, context.arguments().has("--reverse"));
            return table.render();
        });
    }

    static Table instances(Screen screen, JsonNode instances) {
        Table table = new Table("App ID", "Instance ID", "State", "CPU", "Memory(MB)", "Created");
        for (JsonNode instance : instances) {
            table.add(
                    text(instance, "appId"),
                    text(instance, "instanceId"),
                    text(instance, "state"),
                    Table.number(cores(instance)),
                    Table.number(memory(instance)),
                    screen.time(instance.path("created")));
        }
        return table;
    }

    private static long cores(JsonNode instance) {
        long cores = 0;
        for (JsonNode resource : instance.path("resources")) {
            for (JsonNode node : resource.path("cores")) {
                cores += node.size();
            }
        }
        return cores;
    }

    private static long memory(JsonNode instance) {
        long memory = 0;
        for (JsonNode resource : instance.path("resources")) {
            for (JsonNode node : resource.path("memoryInMB")) {
                memory += node.asLong(0);
            }
        }
        return memory;
    }

    private static String list(JsonNode elements) {
        StringJoiner text = new StringJoiner(", ");
        elements.forEach(element -> text.add(element.asString("")));
        return text.toString();
    }
}
