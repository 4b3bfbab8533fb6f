package io.drove.dist.dev;

import io.drove.client.CallFailedException;
import io.drove.client.DroveClient;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Brings the sample application up and waits for it, telling each state that its instance goes through. */
final class SampleApp {
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);
    private static final Duration CONTROLLER_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration HEALTHY_TIMEOUT = Duration.ofSeconds(90);

    private final DroveClient client;
    private final Progress progress;
    private final BooleanSupplier isClusterAlive;
    private final ObjectMapper json = JsonMapper.shared();

    /**
     * A sample app of that cluster.
     *
     * @param isClusterAlive false once waiting has become pointless
     */
    SampleApp(DroveClient client, Progress progress, BooleanSupplier isClusterAlive) {
        this.client = client;
        this.progress = progress;
        this.isClusterAlive = isClusterAlive;
    }

    /** Waits until the controller leads and at least one executor has joined. */
    void awaitCluster() throws InterruptedException {
        await(CONTROLLER_TIMEOUT, "the controller did not answer", () -> {
            client.ping();
            return true;
        });
        progress.step("controller answers");
        // One that is known from before is listed at once, and gets work only when it has told what it runs.
        await(CONTROLLER_TIMEOUT, "no executor became ACTIVE", () -> active().isPresent());
        JsonNode executor = active().orElseThrow();
        progress.step("executor " + executor.path("hostname").asString() + " joined: "
                + executor.path("freeCores").asInt() + " virtual cores, "
                + executor.path("freeMemory").asLong() + " MB");
    }

    /** Deploys the spec unless it is there, waits until an instance is healthy and answers; returns its address. */
    URI bringUp(Path spec) throws IOException, InterruptedException {
        JsonNode document = json.readTree(Files.readString(spec));
        String appId = document.path("name").asString() + "-"
                + document.path("version").asString();
        try {
            deploy(appId, document);
        } catch (CallFailedException e) {
            throw new BringUpException(refusal(appId, e));
        }
        Watch watch = new Watch(appId);
        await(HEALTHY_TIMEOUT, appId + " did not become healthy", watch::isHealthy);
        URI address = URI.create("http://127.0.0.1:" + watch.hostPort + "/");
        await(HEALTHY_TIMEOUT, appId + " is HEALTHY but " + address + " does not answer", () -> isServing(address));
        return address;
    }

    /** The controller's words, each mistake on a line of its own. */
    static String refusal(String appId, CallFailedException e) {
        StringBuilder text = new StringBuilder(appId + " was refused: " + e.getMessage());
        e.details().validationErrors().forEach(mistake -> text.append("\n  ").append(mistake));
        return text.toString();
    }

    private void deploy(String appId, JsonNode spec) {
        ObjectNode operation = json.createObjectNode();
        operation.set(
                "opSpec",
                json.createObjectNode()
                        .put("timeout", "2m")
                        .put("parallelism", 1)
                        .put("failureStrategy", "STOP"));
        Optional<JsonNode> present = find(appId);
        if (present.isEmpty()) {
            client.operate(operation.put("type", "CREATE").put("instances", 1).set("spec", spec));
            progress.step("deployed " + appId);
        } else if (present.get().path("requiredInstances").asInt() == 0) {
            client.operate(operation.put("type", "SCALE").put("appId", appId).put("requiredInstances", 1));
            progress.step("scaled " + appId + " to 1");
        } else {
            progress.step(appId + " is there from before");
        }
    }

    private Optional<JsonNode> active() {
        return client.executors()
                .data()
                .valueStream()
                .filter(executor -> executor.path("state").asString("").equals("ACTIVE"))
                .findFirst();
    }

    private Optional<JsonNode> find(String appId) {
        return Optional.of(client.applications().data().path(appId)).filter(JsonNode::isObject);
    }

    private void await(Duration timeout, String problem, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (!holds(condition)) {
            if (!isClusterAlive.getAsBoolean()) {
                throw new BringUpException(problem + ": a server died");
            }
            if (System.nanoTime() > end) {
                throw new BringUpException(problem + " within " + timeout.toSeconds() + " s");
            }
            Thread.sleep(LOOK_INTERVAL);
        }
    }

    /** False too when the controller cannot be asked just now. */
    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (CallFailedException e) {
            if (e.isRetryable()) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isServing(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(1_000);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Follows the instances and tells of each change. */
    private final class Watch {
        private final String appId;
        private final Map<String, String> told = new HashMap<>();
        private int hostPort;

        Watch(String appId) {
            this.appId = appId;
        }

        boolean isHealthy() {
            for (JsonNode instance : client.instances(appId).data()) {
                String state = instance.path("state").asString();
                String error = instance.path("errorMessage").asString("");
                tell(instance.path("instanceId").asString(), state + (error.isEmpty() ? "" : ": " + error));
                if (state.equals("HEALTHY")) {
                    hostPort = instance.path("localInfo")
                            .path("ports")
                            .path("main")
                            .path("hostPort")
                            .asInt();
                    return true;
                }
            }
            return false;
        }

        private void tell(String instanceId, String text) {
            if (!text.equals(told.put(instanceId, text))) {
                progress.step(instanceId + " is " + text);
            }
        }
    }
}
