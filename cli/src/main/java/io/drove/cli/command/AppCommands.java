package io.drove.cli.command;

import static io.drove.cli.command.Commands.leaf;
import static io.drove.cli.line.Operand.many;
import static io.drove.cli.line.Operand.one;

import io.drove.cli.line.Arguments;
import io.drove.cli.line.Command.Leaf;
import io.drove.cli.line.Flag;
import io.drove.cli.line.Operand;
import io.drove.cli.show.Details;
import io.drove.cli.show.Screen;
import io.drove.cli.show.Table;
import io.drove.client.Json;
import io.drove.client.Reply;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code drove apps …} */
final class AppCommands {
    private static final Operand APP = one("APP_ID", "Application, NAME-VERSION.");
    private static final Flag INSTANCES = Flag.value("N", "How many instances to start at once.", "--instances");
    private static final Flag STRICT = Flag.toggle(
            "Refuse a spec that the cluster would warn about, such as one with unknown fields.", "--strict");
    private static final int MOST_INSTANCES = 2048;

    private AppCommands() {}

    static List<Leaf<Action>> all() {
        return List.of(
                leaf("list", "All applications.", AppCommands::list)
                        .with(Flags.sort(0, 8), Flags.REVERSE, Flags.OUTPUT),
                leaf("summary", "One application.", AppCommands::summary, APP).with(Flags.OUTPUT),
                leaf("spec", "The spec of an application.", AppCommands::spec, APP)
                        .with(Flags.OUTPUT),
                leaf(
                                "create",
                                "Create an application for each spec.",
                                AppCommands::create,
                                many("SPEC_FILE", "JSON or YAML; - is standard input. Several go in one call."))
                        .with(INSTANCES, STRICT)
                        .with(Flags.OPERATION),
                operation("destroy", "Remove an application without instances.", "DESTROY"),
                leaf(
                                "deploy",
                                "Start so many instances more.",
                                AppCommands::deploy,
                                APP,
                                one("INSTANCES", "How many more."))
                        .with(Flags.OPERATION),
                leaf(
                                "scale",
                                "Start or stop instances until there are so many.",
                                AppCommands::scale,
                                APP,
                                one("INSTANCES", "How many."))
                        .with(Flags.OPERATION),
                operation("suspend", "Stop all instances.", "SUSPEND"),
                operation("restart", "Replace all instances by new ones.", "REPLACE_INSTANCES"),
                leaf("cancelop", "Cancel the operation that runs on an application.", AppCommands::cancel, APP)
                        .with(Flags.OUTPUT));
    }

    private static Leaf<Action> operation(String name, String summary, String type) {
        return leaf(name, summary, context -> Operate.send(context, Operate.onApp(type, context.arguments())), APP)
                .with(Flags.OPERATION);
    }

    private static void list(Context context) {
        int column = context.arguments().number("--sort", 0, 8);
        JsonNode apps = context.client().applications().data();
        context.show(apps, () -> {
            Table table = new Table(
                    "Id",
                    "Name",
                    "State",
                    "Total CPU",
                    "Total Memory(MB)",
                    "Required Instances",
                    "Healthy Instances",
                    "Created",
                    "Updated");
            for (Map.Entry<String, JsonNode> entry : apps.properties()) {
                JsonNode app = entry.getValue();
                table.add(
                        Table.text(entry.getKey()),
                        text(app, "name"),
                        text(app, "state"),
                        number(app, "totalCPUs"),
                        number(app, "totalMemory"),
                        number(app, "requiredInstances"),
                        number(app, "healthyInstances"),
                        context.screen().time(app.path("created")),
                        context.screen().time(app.path("updated")));
            }
            table.sort(column, context.arguments().has("--reverse"));
            return table.render();
        });
    }

    private static void summary(Context context) {
        JsonNode app =
                context.client().application(context.arguments().operand(0)).data();
        context.show(app, () -> summary(new Details(), context.screen(), app).render());
    }

    static Details summary(Details details, Screen screen, JsonNode app) {
        details.add("Id", app.path("id").asString(""))
                .add("Name", app.path("name").asString(""))
                .add("State", app.path("state").asString(""))
                .add("Total CPU", app.path("totalCPUs").asString(""))
                .add("Total Memory(MB)", app.path("totalMemory").asString(""))
                .add("Required Instances", app.path("requiredInstances").asString(""))
                .add("Healthy Instances", app.path("healthyInstances").asString(""));
        // Only of an app whose instances wait for a place, and not from every controller.
        app.path("notPlaced").stringValueOpt().ifPresent(why -> details.add("Not Placed", why));
        return details.add("Tags", pairs(app.path("tags")))
                .add("Created", screen.timeText(app.path("created")))
                .add("Updated", screen.timeText(app.path("updated")));
    }

    /** A spec is a document, not a table: without {@code --output} it comes as JSON. */
    private static void spec(Context context) {
        JsonNode spec = context.client().spec(context.arguments().operand(0)).data();
        context.show(spec, () -> Json.pretty(spec) + "\n");
    }

    private static void create(Context context) {
        Arguments arguments = context.arguments();
        ObjectNode operation = Operate.operation("CREATE", arguments);
        if (arguments.given(INSTANCES.key()).isPresent()) {
            operation.put("instances", arguments.number(INSTANCES.key(), 0, MOST_INSTANCES));
        }
        if (arguments.operands().size() > 1) {
            createSeveral(context, operation);
            return;
        }
        JsonNode spec =
                SpecFile.read(arguments.operand(0), context.environment().in());
        operation.set("spec", spec);
        if (arguments.has(STRICT.key())) {
            Reply checked = context.client().validate(spec);
            Operate.warn(context, checked.warnings());
            if (!checked.warnings().isEmpty()) {
                throw new CommandFailedException("nothing was created, because of these warnings about "
                        + arguments.operand(0) + " and --strict; mend them, or leave --strict out");
            }
        }
        Operate.send(context, operation);
    }

    private static void createSeveral(Context context, ObjectNode operation) {
        CreateSeveral all = new CreateSeveral(context, context.arguments().operands(), operation);
        if (context.arguments().has(STRICT.key())) {
            all.check();
        }
        all.run();
    }

    private static void deploy(Context context) {
        Arguments arguments = context.arguments();
        Operate.send(
                context,
                Operate.onApp("START_INSTANCES", arguments)
                        .put("instances", arguments.operandNumber(1, 0, MOST_INSTANCES)));
    }

    private static void scale(Context context) {
        Arguments arguments = context.arguments();
        Operate.send(
                context,
                Operate.onApp("SCALE", arguments)
                        .put("requiredInstances", arguments.operandNumber(1, 0, MOST_INSTANCES)));
    }

    private static void cancel(Context context) {
        String appId = context.arguments().operand(0);
        Reply reply = context.client().cancel(appId);
        context.show(reply.data(), () -> "the operation on " + appId + " is being cancelled\n");
    }

    static Table.Cell text(JsonNode node, String field) {
        return Table.text(node.path(field).asString(""));
    }

    static Table.Cell number(JsonNode node, String field) {
        return Table.number(node.path(field).asLong(0));
    }

    /** {@code key=value, …} */
    static String pairs(JsonNode map) {
        java.util.StringJoiner pairs = new java.util.StringJoiner(", ");
        map.properties()
                .forEach(entry ->
                        pairs.add(entry.getKey() + "=" + entry.getValue().asString("")));
        return pairs.toString();
    }
}
