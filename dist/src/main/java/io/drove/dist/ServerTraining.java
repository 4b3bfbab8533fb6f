package io.drove.dist;

import io.drove.client.CallFailedException;
import io.drove.client.Connection;
import io.drove.client.Credentials;
import io.drove.client.DroveClient;
import io.drove.controller.ControllerConfig;
import io.drove.controller.ControllerServer;
import io.drove.executor.ExecutorConfig;
import io.drove.executor.ExecutorServer;
import io.drove.platform.config.Config;
import io.drove.platform.log.Logging;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs a controller and an executor in one process, on ports of their own choice, with a user, a session and an app that cannot start: its
 * image is never there. No container is made, and no engine is needed. Then the controller starts as it does on most days, from a journal: once
 * from a log, as after a kill, once from a snapshot, as after a stop.
 */
final class ServerTraining {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = JsonMapper.shared();

    private ServerTraining() {}

    static void run() throws IOException, InterruptedException {
        Logging.start(Map.of());
        Path directory = Files.createTempDirectory("drove-training");
        Path stopped = directory.resolve("controller");
        Path killed = directory.resolve("killed");
        try {
            try (ControllerServer controller = ControllerServer.start(controller(stopped), "training");
                    ExecutorServer _ =
                            ExecutorServer.start(executor(directory, controller.port()), Map.of(), "training")) {
                drive(client(controller));
                copy(stopped, killed);
            }
            for (Path dataDirectory : List.of(killed, stopped)) {
                try (ControllerServer controller = ControllerServer.start(controller(dataDirectory), "training")) {
                    read(client(controller));
                }
            }
        } finally {
            remove(directory);
        }
    }

    private static DroveClient client(ControllerServer controller) {
        return new DroveClient(Connection.to(
                List.of(URI.create("http://127.0.0.1:" + controller.port())),
                new Credentials.Basic("admin", "training")));
    }

    private static void drive(DroveClient client) throws IOException, InterruptedException {
        await(() -> !client.executors().data().isEmpty());
        JsonNode spec =
                JSON.readTree(Files.readString(Path.of(System.getProperty("drove.home", "."), "examples", "hello.json"))
                        .replace("drove/hello:1", "drove/training:never")
                        .replace("IF_NOT_PRESENT", "NEVER"));
        JsonNode options = JSON.readTree("{\"timeout\":\"30s\",\"parallelism\":1,\"failureStrategy\":\"STOP\"}");
        ObjectNode operation = JSON.createObjectNode().put("type", "CREATE").put("instances", 1);
        operation.set("opSpec", options);
        operation.set("spec", spec);
        client.operate(operation);
        await(() -> !client.oldInstances("hello-1").data().isEmpty());
        read(client);
    }

    private static void read(DroveClient client) throws InterruptedException {
        await(() -> !client.applications().data().isEmpty());
        client.endpoints();
        client.cluster();
    }

    private static ControllerConfig controller(Path dataDirectory) {
        return Config.parse("""
                        dataDirectory: %s
                        server: {port: 0}
                        admin: {port: 0}
                        raft: {port: 0}
                        clusterAuth: {secret: training}
                        userAuth: {enabled: true, users: [{username: admin, password: training, role: EXTERNAL_ROOT}]}
                        """.formatted(dataDirectory), "training", Map.of()).bind(ControllerConfig.DEFAULT);
    }

    private static ExecutorConfig executor(Path directory, int controllerPort) {
        return Config.parse("""
                        dataDirectory: %s/executor
                        server: {port: 0}
                        admin: {port: 0}
                        clusterAuth: {secret: training}
                        controllers: {endpoints: ["http://127.0.0.1:%d"]}
                        """.formatted(directory, controllerPort), "training", Map.of())
                .bind(ExecutorConfig.DEFAULT);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && !holds(condition)) {
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (CallFailedException e) {
            return false;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
