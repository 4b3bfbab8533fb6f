package io.drove.cli.command;

import static io.drove.cli.command.AppCommands.text;
import static io.drove.cli.command.Commands.leaf;
import static io.drove.cli.line.Operand.one;

import io.drove.cli.follow.OperationFollower;
import io.drove.cli.line.Command.Leaf;
import io.drove.cli.show.Details;
import io.drove.cli.show.Screen;
import io.drove.cli.show.Table;
import io.drove.client.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code drove operations …} */
final class OperationCommands {
    private OperationCommands() {}

    static List<Leaf<Action>> all() {
        return List.of(
                leaf(
                                "list",
                                "Operations of an application, newest first.",
                                OperationCommands::list,
                                one("APP_ID", "Application, NAME-VERSION."))
                        .with(Flags.OUTPUT),
                leaf("show", "One operation.", OperationCommands::show, one("OPERATION_ID", "Operation, OP-…."))
                        .with(Flags.OUTPUT));
    }

    private static void list(Context context) {
        JsonNode operations =
                context.client().operations(context.arguments().operand(0)).data();
        context.show(operations, table(context.screen(), operations)::render);
    }

    static Table table(Screen screen, JsonNode operations) {
        Table table = new Table("Operation ID", "Type", "State", "Done", "Failed", "Created", "Ended", "Reason");
        for (JsonNode operation : operations) {
            table.add(
                    text(operation, "operationId"),
                    text(operation, "type"),
                    text(operation, "state"),
                    Table.text(OperationFollower.done(operation.path("progress"))),
                    Table.text(operation.path("progress").path("failed").asString("")),
                    screen.time(operation.path("created")),
                    screen.time(operation.path("ended")),
                    text(operation, "reason"));
        }
        return table;
    }

    private static void show(Context context) {
        JsonNode operation =
                context.client().operation(context.arguments().operand(0)).data();
        context.show(
                operation,
                () -> new Details()
                        .add("Operation ID", operation.path("operationId").asString(""))
                        .add("App ID", operation.path("appId").asString(""))
                        .add("Type", operation.path("type").asString(""))
                        .add("State", operation.path("state").asString(""))
                        .add("Reason", operation.path("reason").asString(""))
                        .add("Done", OperationFollower.done(operation.path("progress")))
                        .add("Failed", operation.path("progress").path("failed").asString("0"))
                        .add("Timeout", operation.path("timeout").asString(""))
                        .add("Parallelism", operation.path("parallelism").asString(""))
                        .add(
                                "Failure Strategy",
                                operation.path("failureStrategy").asString(""))
                        .add("Created", context.screen().timeText(operation.path("created")))
                        .add("Updated", context.screen().timeText(operation.path("updated")))
                        .add("Ended", context.screen().timeText(operation.path("ended")))
                        .add("Detail", detail(operation.path("detail")))
                        .render());
    }

    private static String detail(JsonNode detail) {
        return detail.isMissingNode() || detail.isNull()
                ? ""
                : detail.isString() ? detail.stringValue() : Json.compact(detail);
    }
}
