package io.drove.bench.cluster;

import io.drove.bench.watch.Await;
import io.drove.bench.watch.MeasurementFailed;
import io.drove.client.DroveClient;
import io.drove.client.Json;
import io.drove.client.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The app that is measured, steered and observed through the public API alone. Readiness and health are checked every second. */
public final class DroveApp {
    /** How many instances may start or be replaced at once. */
    public static final int PARALLELISM = 10;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final DroveClient client;
    private final String id;
    private final JsonNode spec;

    public DroveApp(DroveClient client) {
        this.client = client;
        try (InputStream in = Objects.requireNonNull(DroveApp.class.getResourceAsStream("bench-app.json"))) {
            spec = Json.read(in.readAllBytes());
        } catch (IOException e) {
            throw new MeasurementFailed("cannot read the spec of the app", e);
        }
        id = spec.path("name").asString("") + "-" + spec.path("version").asString("");
    }

    /** Creates it and brings it to one healthy instance, unless it is there. */
    public void ensureOne() throws InterruptedException {
        if (!client.applications().data().has(id)) {
            ObjectNode operation = operation("CREATE").put("instances", 0);
            operation.set("spec", spec);
            client.operate(operation);
            awaitRest(0);
        }
        scaleAndRest(1);
    }

    /** Asks for that many instances; returns the operation's id without waiting for anything. */
    public String scale(int instances) {
        return accepted(operation("SCALE").put("appId", id).put("requiredInstances", instances));
    }

    /** Replaces all instances, new ones first. */
    public String replaceAll() {
        ObjectNode operation = operation("REPLACE_INSTANCES").put("appId", id).put("stopFirst", false);
        operation.putArray("instanceIds");
        return accepted(operation);
    }

    /** Brings it to that many healthy instances and nothing under way. */
    public void scaleAndRest(int instances) throws InterruptedException {
        String operation = scale(instances);
        Await.until(id + " scaled to " + instances, LIMIT, Await.COARSE, () -> hasSucceeded(operation));
        awaitRest(instances);
    }

    /** Waits until exactly that many instances live, all healthy, and a next operation is allowed. */
    public void awaitRest(int instances) throws InterruptedException {
        Await.until(
                id + " at rest with " + instances,
                LIMIT,
                Await.COARSE,
                () -> isFull(instances, Set.of()) && isAtRest());
    }

    private boolean isAtRest() {
        String state = client.application(id).data().path("state").asString("");
        return state.equals("RUNNING") || state.equals("MONITORING");
    }

    /**
     * Whether that operation has succeeded.
     *
     * @throws MeasurementFailed when it ended otherwise
     */
    public boolean hasSucceeded(String operation) {
        JsonNode record = client.operation(operation).data();
        return switch (record.path("state").asString("")) {
            case "RUNNING" -> false;
            case "SUCCEEDED" -> true;
            default -> throw new MeasurementFailed("operation " + operation + " ended badly: " + record);
        };
    }

    /** Whether exactly that many instances live, all are healthy, and none is one of those. */
    public boolean isFull(int instances, Set<String> gone) {
        List<AppInstance> living = instances();
        return living.size() == instances && living.stream().allMatch(i -> i.isHealthy() && !gone.contains(i.id()));
    }

    /** The instances that live, whatever their state. */
    public List<AppInstance> instances() {
        List<AppInstance> instances = new ArrayList<>();
        for (JsonNode instance : client.instances(id).data()) {
            instances.add(new AppInstance(
                    instance.path("instanceId").asString(""),
                    instance.path("state").asString(""),
                    instance.path("localInfo")
                            .path("ports")
                            .path("main")
                            .path("hostPort")
                            .asInt(0)));
        }
        return instances;
    }

    /** Takes it away. */
    public void destroy() throws InterruptedException {
        scaleAndRest(0);
        client.operate(operation("DESTROY").put("appId", id));
        Await.until(
                id + " destroyed",
                LIMIT,
                Await.COARSE,
                () -> !client.applications().data().has(id));
    }

    private static ObjectNode operation(String type) {
        ObjectNode operation = Json.object().put("type", type);
        operation
                .putObject("opSpec")
                .put("timeout", "2m")
                .put("parallelism", PARALLELISM)
                .put("failureStrategy", "STOP");
        return operation;
    }

    private String accepted(ObjectNode operation) {
        Reply reply = client.operate(operation);
        return reply.operationId()
                .orElseThrow(() -> new MeasurementFailed("an accepted operation has no id: " + reply.message()));
    }
}
