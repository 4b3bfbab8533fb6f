package io.drove.cli.command;

import static io.drove.cli.command.Commands.leaf;
import static io.drove.cli.line.Operand.one;

import io.drove.cli.endpoint.IniFile;
import io.drove.cli.line.Arguments;
import io.drove.cli.line.Command.Leaf;
import io.drove.cli.line.Flag;
import io.drove.cli.line.UsageException;
import io.drove.cli.show.Plain;
import io.drove.client.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code drove config …}: the clusters in {@code ~/.drove}, or in the file that {@code --file} names. Always written for the owner alone. */
final class ConfigCommands {
    private static final String CURRENT = "current_cluster";
    private static final Flag RAW = Flag.toggle("Show passwords and headers.", "--raw", "-r");
    private static final List<Flag> CLUSTER = List.of(
            Flag.value("URL", "Endpoint, http(s)://host:port.", "--endpoint", "-e"),
            Flag.value("NAME", "User of basic authentication.", "--username", "-u"),
            Flag.value("PASSWORD", "Password of basic authentication.", "--password", "-p"),
            Flag.value("VALUE", "Value of the Authorization header.", "--auth-header", "-t"),
            Flag.toggle("Accept any TLS certificate.", "--insecure", "-i"));

    private ConfigCommands() {}

    static List<Leaf<Action>> all() {
        return List.of(
                leaf("get-clusters", "Names of all clusters.", ConfigCommands::list)
                        .with(Flags.OUTPUT),
                leaf("current-cluster", "The cluster in use.", ConfigCommands::current)
                        .with(Flags.OUTPUT),
                leaf("view", "The whole file.", ConfigCommands::view).with(RAW, Flags.OUTPUT),
                leaf("use-cluster", "Use this cluster from now on.", ConfigCommands::use, one("NAME", "Cluster.")),
                leaf("init", "Make the file, with a first cluster.", ConfigCommands::init)
                        .with(Flag.value("NAME", "Name of the cluster; default stands for [DEFAULT].", "--name", "-n")
                                .or("default"))
                        .with(CLUSTER),
                leaf("add-cluster", "Add a cluster.", ConfigCommands::add, one("NAME", "Cluster."))
                        .with(CLUSTER),
                leaf("delete-cluster", "Forget a cluster.", ConfigCommands::delete, one("NAME", "Cluster.")));
    }

    private static IniFile load(Context context) throws IOException {
        Path path = context.targets().file();
        if (!Files.exists(path)) {
            throw new UsageException("there is no file " + path + "; make one with `drove config init --endpoint URL`");
        }
        return IniFile.parse(path.toString(), Files.readString(path));
    }

    /** Written beside it and moved into place, so that no reader sees half a file and no password is ever readable by others. */
    private static void save(Context context, IniFile file) throws IOException {
        Path path = context.targets().file().toAbsolutePath();
        Path partial = Files.createTempFile(
                path.getParent(),
                ".drove",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(partial, file.text());
        Files.move(partial, path, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void list(Context context) throws IOException {
        ArrayNode names = Json.array();
        load(context).sections().keySet().forEach(names::add);
        context.show(names, () -> {
            StringBuilder text = new StringBuilder();
            names.forEach(name -> text.append(Plain.line(name.asString(""))).append('\n'));
            return text.toString();
        });
    }

    private static void current(Context context) throws IOException {
        String name = load(context).value(IniFile.DEFAULT, CURRENT).orElse(IniFile.DEFAULT);
        context.show(Json.object().put("currentCluster", name), () -> Plain.line(name) + "\n");
    }

    private static void view(Context context) throws IOException {
        IniFile file = load(context);
        boolean raw = context.arguments().has(RAW.key());
        ObjectNode data = Json.object();
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, ? extends Map<String, String>> section :
                file.sections().entrySet()) {
            ObjectNode values = Json.object();
            text.append('[').append(Plain.line(section.getKey())).append("]\n");
            section.getValue().forEach((key, value) -> {
                String shown = raw || !(key.equals("password") || key.equals("auth_header")) ? value : mask(value);
                values.put(key, shown);
                text.append(Plain.line(key + " = " + shown)).append('\n');
            });
            text.append('\n');
            data.set(section.getKey(), values);
        }
        context.show(data, text::toString);
    }

    private static String mask(String secret) {
        return secret.length() > 8 ? secret.substring(0, 4) + "****" + secret.substring(secret.length() - 4) : "****";
    }

    private static void use(Context context) throws IOException {
        String name = context.arguments().operand(0);
        IniFile file = load(context);
        if (file.value(name, "endpoint").isEmpty() || !file.has(name)) {
            throw new CommandFailedException("there is no cluster " + name + " with an endpoint; there are "
                    + String.join(", ", file.sections().keySet()));
        }
        save(context, file.with(IniFile.DEFAULT, CURRENT, name));
        context.screen().say("using " + name);
    }

    private static void init(Context context) throws IOException {
        Path path = context.targets().file();
        if (Files.exists(path)) {
            throw new CommandFailedException(path + " exists; add to it with `drove config add-cluster`");
        }
        String name = context.arguments().text("--name");
        String section = name.equalsIgnoreCase(IniFile.DEFAULT) ? IniFile.DEFAULT : name;
        IniFile file = cluster(IniFile.empty(path.toString()), section, context.arguments());
        save(context, section.equals(IniFile.DEFAULT) ? file : file.with(IniFile.DEFAULT, CURRENT, section));
        context.screen().say(path + " written");
    }

    private static void add(Context context) throws IOException {
        String name = context.arguments().operand(0);
        IniFile file = load(context);
        if (file.sections().containsKey(name)) {
            throw new CommandFailedException("there is a cluster " + name + " already; delete it first");
        }
        save(context, cluster(file, name, context.arguments()));
        context.screen().say("cluster " + name + " added");
    }

    private static IniFile cluster(IniFile file, String section, Arguments arguments) {
        String endpoint =
                arguments.given("--endpoint").orElseThrow(() -> new UsageException("a cluster needs --endpoint URL"));
        if (section.isEmpty() || section.contains("]") || section.contains("\n")) {
            throw new UsageException("\"" + section + "\" cannot be a cluster's name; leave out ] and line feeds");
        }
        IniFile changed = file.with(section, "endpoint", endpoint);
        for (String key : List.of("username", "password", "auth_header")) {
            Optional<String> value = arguments.given("--" + key.replace('_', '-'));
            changed = value.isPresent() ? changed.with(section, key, value.get()) : changed;
        }
        return arguments.has("--insecure") ? changed.with(section, "insecure", "true") : changed;
    }

    private static void delete(Context context) throws IOException {
        String name = context.arguments().operand(0);
        IniFile file = load(context);
        if (!file.sections().containsKey(name)) {
            throw new CommandFailedException("there is no cluster " + name + "; there are "
                    + String.join(", ", file.sections().keySet()));
        }
        boolean used = file.value(IniFile.DEFAULT, CURRENT).filter(name::equals).isPresent();
        IniFile rest = file.withoutSection(name);
        save(context, used ? rest.withoutKey(IniFile.DEFAULT, CURRENT) : rest);
        context.screen().say("cluster " + name + " deleted");
    }
}
