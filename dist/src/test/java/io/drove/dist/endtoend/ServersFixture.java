package io.drove.dist.endtoend;

import static io.drove.dist.endtoend.DevClusterFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.client.Connection;
import io.drove.client.Credentials;
import io.drove.client.DroveClient;
import io.drove.dist.ProjectRoot;
import io.drove.platform.process.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Three controllers and some executors, each {@code drove server} with a configuration file of its own, as an operator starts them. The executors share
 * the machine's engine, which works as long as none of them is started again: a start adopts what runs there.
 */
final class ServersFixture {
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    // Below the ports of instances, beside those of development clusters.
    private static final int FIRST_PORT = 17_000;
    private static final int LAST_PORT = 19_900;
    private static final int FIRST_HOST_PORT = 30_500;
    private static final int HOST_PORTS = 100;
    private static final String SECRETS = """
            clusterAuth: {secret: a-cluster-secret-for-tests}
            """;

    private final Path home;
    private final Map<String, Peer> controllers = new TreeMap<>();
    private final Map<String, Process> processes = new TreeMap<>();
    private int nextPort = FIRST_PORT;
    private int executors;

    /** A controller and its ports. */
    record Peer(String id, int api, int admin, int raft) {
        URI address() {
            return URI.create("http://127.0.0.1:" + api);
        }

        URI health() {
            return URI.create("http://127.0.0.1:" + admin + "/health");
        }
    }

    /** Servers in that directory; none runs yet. */
    ServersFixture(Path home) {
        this.home = home;
        for (String id : List.of("a", "b", "c")) {
            controllers.put(id, new Peer(id, freePort(), freePort(), freePort()));
        }
    }

    Map<String, Peer> controllers() {
        return controllers;
    }

    /** Starts the controller of that id, for the first time or again. */
    void startController(String id) throws IOException {
        Peer peer = controllers.get(id);
        String peers = controllers.values().stream()
                .map(other -> "{id: %s, host: 127.0.0.1, port: %d}".formatted(other.id(), other.raft()))
                .collect(Collectors.joining(", "));
        launch(
                "controller",
                id,
                SECRETS + """
                        dataDirectory: %s
                        server: {port: %d}
                        admin: {port: %d}
                        raft: {self: %s, peers: [%s]}
                        instanceAuth: {secret: an-instance-secret-for-tests}
                        """.formatted(home.resolve("controller-" + id), peer.api(), peer.admin(), id, peers));
    }

    /** Starts an executor with this host name, an address of loopback, in this rack. */
    void startExecutor(String hostname, String rack) throws IOException {
        executors++;
        int hostPorts = FIRST_HOST_PORT + HOST_PORTS * processes.size();
        launch(
                "executor",
                hostname,
                SECRETS
                        + """
                        dataDirectory: %1$s
                        server: {host: %2$s, port: %3$d}
                        admin: {port: %4$d}
                        controllers: {endpoints: [%5$s]}
                        resources:
                          metadata: {rack: %6$s}
                          overProvisioning: {enabled: true, cpuMultiplier: 8}
                        options:
                          hostname: %2$s
                          hostPorts: {first: %7$d, last: %8$d}
                        """.formatted(
                                        home.resolve("executor-" + hostname),
                                        hostname,
                                        freePort(),
                                        freePort(),
                                        endpoints(","),
                                        rack,
                                        hostPorts,
                                        hostPorts + HOST_PORTS - 1));
    }

    private void launch(String role, String name, String configuration) throws IOException {
        Path file = home.resolve(role + "-" + name + ".yml");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, configuration);
        ProcessBuilder builder = new ProcessBuilder(
                        ProjectRoot.find().resolve("drove").toString(), "server", role, "--config", file.toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve(role + "-" + name + ".log").toFile()));
        builder.environment().put("DROVE_NO_BUILD", "true");
        // The launcher becomes the server, so this is the server's own process.
        processes.put(name, builder.start());
    }

    /** The controllers' addresses as one word, for clients and configurations. */
    String endpoints(String separator) {
        return controllers.values().stream()
                .map(peer -> peer.address().toString())
                .collect(Collectors.joining(separator));
    }

    /** Runs {@code ./drove WORDS} with all controllers as its endpoint. */
    Command.Result drove(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ProjectRoot.find().resolve("drove").toString(), "--endpoint", endpoints(",")));
        command.addAll(List.of(words));
        return new Command(command, Map.of("DROVE_NO_BUILD", "true"), COMMAND_TIMEOUT).run();
    }

    DroveClient client() {
        return new DroveClient(
                Connection.to(controllers.values().stream().map(Peer::address).toList(), new Credentials.None()));
    }

    /** Waits for a controller that leads. */
    Peer awaitLeader() {
        return eventually()
                .until(
                        () -> controllers.values().stream()
                                .filter(ServersFixture::isLeading)
                                .toList(),
                        leading -> leading.size() == 1)
                .getFirst();
    }

    private static boolean isLeading(Peer peer) {
        try {
            return ApiCall.get(peer.address().resolve("/apis/v1/ping")).status() == 200;
        } catch (IOException down) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Sends a signal to a server. */
    void signal(String signal, String name) throws IOException, InterruptedException {
        Command.Result sent = Command.of(
                        STOP_TIMEOUT,
                        "kill",
                        "-" + signal,
                        "" + processes.get(name).pid())
                .run();
        assertThat(sent.isSuccess()).as(sent.output()).isTrue();
    }

    /** Kills a server as a power cut would; returns when it is gone. */
    void kill(String name) throws InterruptedException {
        assertThat(processes.get(name).destroyForcibly().waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    /** Until all of them take work: after a change of leaders they come one after another. */
    private void awaitExecutors() {
        eventually().until(() -> {
            int active = 0;
            for (JsonNode executor : client().executors().data()) {
                active += executor.path("state").asString().equals("ACTIVE") ? 1 : 0;
            }
            return active == executors;
        });
    }

    /** Creates an app once all executors are there, and waits until that many of its instances are healthy. */
    void run(ObjectNode spec, int instances) {
        awaitExecutors();
        ObjectNode operation = operation("CREATE").put("instances", instances);
        operation.set("spec", spec);
        client().operate(operation);
        String appId = spec.path("name").asString() + "-" + spec.path("version").asString();
        eventually().until(() -> healthy(appId).size() == instances);
    }

    static ObjectNode operation(String type) {
        ObjectNode operation = DevClusterFixture.JSON.createObjectNode().put("type", type);
        operation.putObject("opSpec").put("timeout", "1m").put("parallelism", 4).put("failureStrategy", "STOP");
        return operation;
    }

    List<JsonNode> healthy(String appId) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode instance : client().instances(appId).data()) {
            if (instance.path("state").asString().equals("HEALTHY")) {
                found.add(instance);
            }
        }
        return found;
    }

    /** How many healthy instances of an app each host has. */
    Map<String, Long> hosts(String appId) {
        return healthy(appId).stream()
                .collect(Collectors.groupingBy(
                        instance -> instance.path("localInfo").path("hostname").asString(),
                        TreeMap::new,
                        Collectors.counting()));
    }

    /** Stops all servers and removes the containers of the cluster. */
    void remove() throws IOException, InterruptedException {
        try {
            String cluster = DevClusterFixture.JSON
                    .readTree(ApiCall.get(awaitLeader().health()).body())
                    .path("cluster")
                    .asString();
            stop();
            for (String container : EngineCommand.docker("ps", "-aq", "--filter", "label=drove.cluster.id=" + cluster)
                    .lines()
                    .toList()) {
                EngineCommand.docker("rm", "-f", container);
            }
        } finally {
            stop();
        }
    }

    private void stop() throws InterruptedException {
        processes.values().forEach(Process::destroy);
        for (Process process : processes.values()) {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private int freePort() {
        while (nextPort < LAST_PORT) {
            try (ServerSocket socket = new ServerSocket(nextPort++, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one may be free.
            }
        }
        throw new AssertionError("no free port from " + FIRST_PORT + " to " + LAST_PORT);
    }
}
