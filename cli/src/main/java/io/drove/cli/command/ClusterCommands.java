package io.drove.cli.command;

import static io.drove.cli.command.AppCommands.text;
import static io.drove.cli.command.Commands.leaf;

import io.drove.cli.line.Command.Leaf;
import io.drove.cli.line.Flag;
import io.drove.cli.show.Details;
import io.drove.cli.show.Table;
import io.drove.client.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code drove cluster …} */
final class ClusterCommands {
    private static final Flag VHOST = Flag.value("NAME", "Only this virtual host.", "--vhost", "-v");

    private ClusterCommands() {}

    static List<Leaf<Action>> all() {
        return List.of(
                leaf("ping", "Ask whether the leader answers.", ClusterCommands::ping)
                        .with(Flags.OUTPUT),
                leaf("summary", "State and resources.", ClusterCommands::summary)
                        .with(Flags.OUTPUT),
                leaf("leader", "Which controller leads.", ClusterCommands::leader)
                        .with(Flags.OUTPUT),
                leaf("endpoints", "Exposed applications and where they listen.", ClusterCommands::endpoints)
                        .with(VHOST, Flags.OUTPUT));
    }

    private static void ping(Context context) {
        JsonNode pong = context.client().ping().data();
        context.show(pong, () -> context.client().leader() + " leads and answers\n");
    }

    private static void summary(Context context) {
        JsonNode cluster = context.client().cluster().data();
        context.show(cluster, () -> summary(new Details(), cluster).render());
    }

    static Details summary(Details details, JsonNode cluster) {
        return details.add("State", cluster.path("state").asString(""))
                .add("Leader Controller", cluster.path("leader").asString(""))
                .add("Cores", share(cluster, "Cores", ""))
                .add("Memory", share(cluster, "Memory", " MB"))
                .add("Number of live executors", cluster.path("numExecutors").asString("0"))
                .add(
                        "Applications",
                        cluster.path("numApplications").asString("0") + " in all, "
                                + cluster.path("numActiveApplications").asString("0") + " active");
    }

    private static String share(JsonNode cluster, String what, String unit) {
        long used = cluster.path("used" + what).asLong(0);
        long total = cluster.path("total" + what).asLong(0);
        long percent = total == 0 ? 0 : Math.round(100.0 * used / total);
        return used + unit + " of " + total + unit + " used (" + percent + "%), "
                + cluster.path("free" + what).asLong(0) + unit + " free";
    }

    private static void leader(Context context) {
        Optional<String> leader =
                context.client().cluster().data().path("leader").stringValueOpt();
        JsonNode data =
                leader.<JsonNode>map(name -> Json.object().put("leader", name)).orElse(Json.object());
        context.show(
                data,
                () -> leader.map(name -> "Cluster leader: " + io.drove.cli.show.Plain.line(name))
                                .orElse("Cluster has no leader")
                        + "\n");
    }

    private static void endpoints(Context context) {
        Optional<String> vhost = context.arguments().given(VHOST.key());
        List<JsonNode> chosen = new ArrayList<>();
        for (JsonNode app : context.client().endpoints().data()) {
            if (vhost.isEmpty() || vhost.get().equals(app.path("vhost").asString(""))) {
                chosen.add(app);
            }
        }
        chosen.sort(Comparator.comparing((JsonNode app) -> app.path("vhost").asString(""))
                .thenComparing(app -> app.path("appId").asString("")));
        ArrayNode data = Json.array();
        chosen.forEach(data::add);
        context.show(data, () -> {
            Table table = new Table("Virtual Host", "App ID", "Hosts");
            chosen.forEach(app -> table.add(text(app, "vhost"), text(app, "appId"), Table.text(hosts(app))));
            return table.render();
        });
    }

    private static String hosts(JsonNode app) {
        StringJoiner hosts = new StringJoiner(", ");
        for (JsonNode host : app.path("hosts")) {
            hosts.add(host.path("host").asString("") + ":" + host.path("port").asString(""));
        }
        return hosts.toString();
    }
}
