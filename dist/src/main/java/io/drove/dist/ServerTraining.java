package io.drove.dist;

import io.drove.client.CallFailedException;
import io.drove.client.Connection;
import io.drove.client.Credentials;
import io.drove.client.DroveClient;
import io.drove.client.Reply;
import io.drove.controller.ControllerConfig;
import io.drove.controller.ControllerServer;
import io.drove.dist.training.ScriptedEngine;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A controller and an executor in one process, on ports of their own choice, with a user, a session, and an app that is scaled up and down on
 * a {@link ScriptedEngine}: starts, checks, stops and the calls that watch them are linked and profiled when a server of the image starts.
 */
final class ServerTraining {
    /** For the whole run; what is not done by then is left out. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final String APP = "hello-1";
    /** One at a time, as most starts come; then many at once. */
    private static final List<Integer> SIZES = List.of(2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 11, 1, 11, 1);

    private static final ObjectMapper JSON = JsonMapper.shared();

    private ServerTraining() {}

    /** Returns how many instances lived and ended; all of {@link #SIZES} unless the machine is so slow that patience ends before. */
    static int run(Path home) throws IOException, InterruptedException {
        Logging.start(Map.of());
        long end = System.nanoTime() + PATIENCE.toNanos();
        Path directory = Files.createTempDirectory("drove-training");
        try (ScriptedEngine _ = ScriptedEngine.listen(directory.resolve("engine.sock"));
                ControllerServer controller = ControllerServer.start(controller(directory), "training");
                ExecutorServer _ = ExecutorServer.start(executor(directory, controller.port()), Map.of(), "training")) {
            DroveClient client = new DroveClient(Connection.to(
                    List.of(URI.create("http://127.0.0.1:" + controller.port())),
                    new Credentials.Basic("admin", "training")));
            await(end, () -> !client.executors().data().isEmpty());
            client.operate(creation(home));
            await(end, () -> isHealthy(client, 1));
            for (int size : SIZES) {
                scale(client, size, end);
            }
            client.applications();
            client.endpoints();
            client.cluster();
            return client.oldInstances(APP).data().size();
        } finally {
            remove(directory);
        }
    }

    private static ObjectNode creation(Path home) throws IOException {
        ObjectNode operation = operation("CREATE").put("instances", 1);
        operation.set(
                "spec", JSON.readTree(Files.readString(home.resolve("examples").resolve("hello.json"))));
        return operation;
    }

    private static void scale(DroveClient client, int size, long end) throws InterruptedException {
        AtomicReference<String> id = new AtomicReference<>("");
        // Refused while the operation before is about to end.
        await(end, () -> {
            Reply reply = client.operate(operation("SCALE").put("appId", APP).put("requiredInstances", size));
            id.set(reply.operationId().orElse(""));
            return true;
        });
        await(end, () -> isHealthy(client, size));
        await(
                end,
                () -> client.operation(String.valueOf(id.get()))
                        .data()
                        .path("state")
                        .asString("")
                        .equals("SUCCEEDED"));
    }

    private static boolean isHealthy(DroveClient client, int size) {
        JsonNode instances = client.instances(APP).data();
        boolean isHealthy = instances.size() == size;
        for (JsonNode instance : instances) {
            isHealthy &= instance.path("state").asString("").equals("HEALTHY");
        }
        return isHealthy;
    }

    private static ObjectNode operation(String type) {
        ObjectNode operation = JSON.createObjectNode().put("type", type);
        operation
                .putObject("opSpec")
                .put("timeout", "30s")
                .put("parallelism", 10)
                .put("failureStrategy", "STOP");
        return operation;
    }

    private static ControllerConfig controller(Path directory) {
        return Config.parse("""
                        dataDirectory: %s/controller
                        server: {port: 0}
                        admin: {port: 0}
                        raft: {port: 0}
                        clusterAuth: {secret: training}
                        userAuth: {enabled: true, users: [{username: admin, password: training, role: EXTERNAL_ROOT}]}
                        """.formatted(directory), "training", Map.of()).bind(ControllerConfig.DEFAULT);
    }

    private static ExecutorConfig executor(Path directory, int controllerPort) {
        return Config.parse("""
                        dataDirectory: %s/executor
                        server: {port: 0}
                        admin: {port: 0}
                        clusterAuth: {secret: training}
                        controllers: {endpoints: ["http://127.0.0.1:%d"]}
                        resources: {overProvisioning: {enabled: true, cpuMultiplier: 20, memoryMultiplier: 1}}
                        options: {dockerSocketPath: %s/engine.sock}
                        """.formatted(directory, controllerPort, directory), "training", Map.of())
                .bind(ExecutorConfig.DEFAULT);
    }

    private static void await(long end, BooleanSupplier condition) throws InterruptedException {
        while (System.nanoTime() < end && !holds(condition)) {
            Thread.sleep(PAUSE);
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (CallFailedException e) {
            return false;
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
