package io.drove.cli.command;

import io.drove.cli.follow.OperationFollower;
import io.drove.cli.line.Arguments;
import io.drove.cli.line.UsageException;
import io.drove.cli.show.Plain;
import io.drove.cli.show.Progress;
import io.drove.cli.show.Screen;
import io.drove.client.Json;
import io.drove.client.Reply;
import io.drove.model.time.TimeSpan;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends an operation, and with {@code --wait} follows it to its end. */
final class Operate {
    private static final Duration GRACE = Duration.ofMinutes(1);

    private Operate() {}

    /** An operation of that type on an app, with the options of the command line. */
    static ObjectNode operation(String type, Arguments arguments) {
        ObjectNode options = Json.object();
        options.put("timeout", timeout(arguments).toString());
        options.put("parallelism", arguments.number(Flags.PARALLELISM.key(), 1, 512));
        options.put("failureStrategy", arguments.choice(Flags.FAILURE_STRATEGY.key()));
        ObjectNode operation = Json.object();
        operation.put("type", type);
        operation.set("opSpec", options);
        return operation;
    }

    /** The same, naming the app that is the command's first operand. */
    static ObjectNode onApp(String type, Arguments arguments) {
        return operation(type, arguments).put("appId", arguments.operand(0));
    }

    /** Sends it, prints the warnings, and waits if that was asked for. */
    static void send(Context context, ObjectNode operation) {
        Duration wait = waitTimeout(context.arguments());
        String type = operation.path("type").asString("");
        Reply reply = context.client().operate(operation);
        warn(context, reply.warnings());
        String appId =
                reply.data().path("appId").asString(operation.path("appId").asString(""));
        if (!context.arguments().has(Flags.WAIT.key())) {
            context.show(reply.data(), () -> accepted(type, appId, reply));
            return;
        }
        String id = reply.operationId()
                .orElseThrow(() -> new CommandFailedException(type + " of " + appId
                        + " was accepted, but this controller keeps no operation records; --wait needs them, see `drove apps summary "
                        + appId + "`"));
        await(context, id, wait);
    }

    private static String accepted(String type, String appId, Reply reply) {
        String hint = reply.operationId()
                .map(id -> "; see `drove operations show " + id + "`")
                .orElse("");
        return Plain.line(type + " of " + appId + " accepted" + hint) + "\n";
    }

    static void await(Context context, String operationId, Duration timeout) {
        Progress progress = new Progress(
                context.environment().err(),
                context.environment().errIsTerminal().getAsBoolean());
        OperationFollower follower = new OperationFollower(
                context.client(), progress, context.environment().pace());
        switch (follower.follow(operationId, timeout)) {
            case OperationFollower.End.TimedOut(String last) ->
                throw new CommandFailedException("operation " + operationId + " has not ended within "
                        + timeout.toSeconds() + " s; it goes on, see `drove operations show " + operationId
                        + "`. Last seen: " + last);
            case OperationFollower.End.Ended(JsonNode record) -> {
                boolean succeeded = record.path("state").asString("").equals("SUCCEEDED");
                if (succeeded || context.format() != Screen.Format.TABLE) {
                    context.show(record, () -> Plain.line(OperationFollower.describe(record)) + "\n");
                }
                if (!succeeded) {
                    throw new CommandFailedException(
                            "operation " + operationId + " ended: " + OperationFollower.describe(record));
                }
            }
        }
    }

    static void warn(Context context, List<String> warnings) {
        for (String warning : warnings) {
            context.screen().note("warning: " + warning);
        }
    }

    private static TimeSpan timeout(Arguments arguments) {
        return time(Flags.TIMEOUT.key(), arguments.text(Flags.TIMEOUT.key()));
    }

    static Duration waitTimeout(Arguments arguments) {
        return arguments
                .given(Flags.WAIT_TIMEOUT.key())
                .map(text -> time(Flags.WAIT_TIMEOUT.key(), text).toDuration())
                .orElseGet(() -> timeout(arguments).toDuration().plus(GRACE));
    }

    private static TimeSpan time(String flag, String text) {
        return TimeSpan.parse(text)
                .orElseThrow(() ->
                        new UsageException(flag + " is \"" + text + "\"; write a number and a unit: 90s, 5m or 1h"));
    }
}
