package io.drove.cli.command;

import static io.drove.cli.command.Commands.leaf;
import static io.drove.cli.line.Operand.one;

import io.drove.cli.line.Command.Leaf;
import io.drove.cli.line.Flag;
import io.drove.cli.show.Details;
import io.drove.cli.show.Plain;
import io.drove.cli.show.Screen;
import io.drove.client.CallFailedException;
import io.drove.client.Json;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code drove describe …}: what several calls know about one thing. */
final class DescribeCommands {
    private static final Flag JSON = Flag.toggle("The same as --output json.", "--json", "-j");

    private DescribeCommands() {}

    static List<Leaf<Action>> all() {
        return List.of(
                leaf(
                                "executor",
                                "An executor and what runs on it.",
                                DescribeCommands::executor,
                                one("EXECUTOR_ID", "Executor."))
                        .with(JSON, Flags.OUTPUT),
                leaf(
                                "app",
                                "An application, its spec, its instances and its operations.",
                                DescribeCommands::app,
                                one("APP_ID", "Application, NAME-VERSION."))
                        .with(JSON, Flags.OUTPUT),
                leaf("cluster", "The cluster and its executors.", DescribeCommands::cluster)
                        .with(JSON, Flags.OUTPUT),
                leaf(
                                "instance",
                                "An instance.",
                                DescribeCommands::instance,
                                one("APP_ID", "Application, NAME-VERSION."),
                                one("INSTANCE_ID", "Instance, AI-…."))
                        .with(JSON, Flags.OUTPUT));
    }

    private static void show(Context context, JsonNode data, Supplier<String> human) {
        Screen.Format format = context.arguments().has(JSON.key()) ? Screen.Format.JSON : context.format();
        context.screen().show(format, data, human);
    }

    private static void executor(Context context) {
        JsonNode executor =
                context.client().executor(context.arguments().operand(0)).data();
        show(
                context,
                executor,
                () -> ExecutorCommands.info(new Details().section("Executor"), context.screen(), executor)
                        .section("Application instances")
                        .add(ExecutorCommands.instances(context.screen(), executor.path("instances")))
                        .render());
    }

    private static void cluster(Context context) {
        ObjectNode data = Json.object();
        data.set("cluster", context.client().cluster().data());
        data.set("executors", context.client().executors().data());
        show(
                context,
                data,
                () -> ClusterCommands.summary(new Details().section("Cluster"), data.path("cluster"))
                        .section("Executors")
                        .add(ExecutorCommands.table(data.path("executors")))
                        .render());
    }

    private static void instance(Context context) {
        JsonNode instance = context.client()
                .instance(context.arguments().operand(0), context.arguments().operand(1))
                .data();
        show(context, instance, () -> {
            Details details = new Details()
                    .section("Instance")
                    .add("Health", mark(instance.path("state").asString("")));
            return InstanceCommands.info(details, context.screen(), instance).render();
        });
    }

    private static void app(Context context) {
        String appId = context.arguments().operand(0);
        ObjectNode data = Json.object();
        data.set("summary", context.client().application(appId).data());
        data.set("spec", context.client().spec(appId).data());
        data.set("instances", context.client().instances(appId).data());
        operations(context, appId).ifPresent(operations -> data.set("operations", operations));
        show(context, data, () -> {
            Details details =
                    AppCommands.summary(new Details().section("Application"), context.screen(), data.path("summary"));
            addSpec(details.section("Spec"), data.path("spec"));
            return details.section("Instances")
                    .add(InstanceCommands.table(context.screen(), data.path("instances")))
                    .section("Operations")
                    .add(OperationCommands.table(context.screen(), data.path("operations")))
                    .render();
        });
    }

    /** Not every controller that speaks this API has a history. */
    private static Optional<JsonNode> operations(Context context, String appId) {
        try {
            return Optional.of(context.client().operations(appId).data());
        } catch (CallFailedException failed) {
            return switch (failed.kind()) {
                case REFUSED, UNREADABLE -> Optional.empty();
                case UNAUTHENTICATED, FORBIDDEN, UNREACHABLE, NO_LEADER -> throw failed;
            };
        }
    }

    private static void addSpec(Details details, JsonNode spec) {
        details.add("Executable", spec.path("executable").path("url").asString(""));
        for (JsonNode resource : spec.path("resources")) {
            String amount = resource.has("sizeInMB")
                    ? resource.path("sizeInMB").asString("") + " MB"
                    : resource.path("count").asString("");
            details.add("Resource " + Plain.line(resource.path("type").asString("")), amount);
        }
        for (JsonNode port : spec.path("exposedPorts")) {
            details.add(
                    "Port " + Plain.line(port.path("name").asString("")),
                    port.path("port").asString("") + " " + port.path("type").asString(""));
        }
        details.add("Health check", check(spec.path("healthcheck")))
                .add("Readiness check", check(spec.path("readiness")))
                .add("Placement", spec.path("placementPolicy").path("type").asString(""))
                .add("Virtual host", spec.path("exposureSpec").path("vhost").asString(""));
    }

    private static String check(JsonNode check) {
        JsonNode mode = check.path("mode");
        StringJoiner text = new StringJoiner(" ");
        for (String field : List.of("type", "verb", "portName", "path", "command")) {
            mode.path(field).stringValueOpt().filter(value -> !value.isEmpty()).ifPresent(text::add);
        }
        check.path("interval").stringValueOpt().ifPresent(interval -> text.add("every " + interval));
        return text.toString();
    }

    /** The original's marks for states. */
    private static String mark(String state) {
        return switch (state) {
            case "HEALTHY", "RUNNING", "ACTIVE" -> "[OK] " + state;
            case "PENDING", "STARTING", "PROVISIONING", "UNREADY", "READY" -> "[..] " + state;
            case "STOPPED", "STOPPING", "DEPROVISIONING" -> "[--] " + state;
            case "FAILED", "UNHEALTHY", "LOST", "PROVISIONING_FAILED", "START_FAILED", "READINESS_CHECK_FAILED" ->
                "[!!] " + state;
            default -> "[??] " + state;
        };
    }
}
