package io.drove.bench.engine;

import io.drove.bench.watch.Await;
import io.drove.bench.watch.MeasurementFailed;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A service on Docker Swarm's one-node mode: what {@code docker service create}, {@code scale} and {@code update} send to the engine, without
 * the time that the docker client takes. Ports are published on the host, as Drove's are; a task that has a health check is running only once
 * it is healthy.
 */
public final class SwarmService {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final EngineCalls engine;
    private final String id;

    private SwarmService(EngineCalls engine, String id) {
        this.engine = engine;
        this.id = id;
    }

    /** Makes this engine a swarm of one node. */
    public static void init(EngineCalls engine) {
        ObjectNode request = JsonMapper.shared().createObjectNode();
        engine.post("/swarm/init", request.put("ListenAddr", "127.0.0.1:2377").put("AdvertiseAddr", "127.0.0.1"));
    }

    /** Makes a service of one replica, and waits until it runs. */
    public static SwarmService create(EngineCalls engine, String name, boolean hasHealthCheck, int parallelism)
            throws InterruptedException {
        ObjectNode spec = template();
        spec.put("Name", name);
        ((ObjectNode) spec.path("UpdateConfig")).put("Parallelism", parallelism);
        if (!hasHealthCheck) {
            ((ObjectNode) spec.path("TaskTemplate").path("ContainerSpec")).remove("Healthcheck");
        }
        String id = engine.post("/services/create", spec).path("ID").asString("");
        SwarmService service = new SwarmService(engine, id);
        service.awaitRest(1);
        return service;
    }

    private static ObjectNode template() {
        try (InputStream in = Objects.requireNonNull(SwarmService.class.getResourceAsStream("swarm-service.json"))) {
            return (ObjectNode) JsonMapper.shared().readTree(in.readAllBytes());
        } catch (IOException e) {
            throw new MeasurementFailed("cannot read the spec of the Swarm service", e);
        }
    }

    /** Asks for that many replicas. */
    public void scale(int replicas) {
        JsonNode current = engine.get("/services/" + id);
        ((ObjectNode) current.path("Spec").path("Mode").path("Replicated")).put("Replicas", replicas);
        update(current);
    }

    /** Replaces all tasks, by the order and parallelism that the service was made with. */
    public void replaceAll() {
        JsonNode current = engine.get("/services/" + id);
        ObjectNode task = (ObjectNode) current.path("Spec").path("TaskTemplate");
        task.put("ForceUpdate", task.path("ForceUpdate").asInt(0) + 1);
        update(current);
    }

    private void update(JsonNode service) {
        String version = service.path("Version").path("Index").asString("");
        engine.post("/services/" + id + "/update?version=" + version, service.path("Spec"));
    }

    /** Brings it to that many running tasks, with no update under way. */
    public void scaleAndRest(int replicas) throws InterruptedException {
        scale(replicas);
        awaitRest(replicas);
    }

    /** Waits until exactly that many tasks live, all running, and no update is under way. */
    public void awaitRest(int replicas) throws InterruptedException {
        Await.until(
                "a Swarm service at rest with " + replicas,
                LIMIT,
                Await.COARSE,
                () -> isFull(replicas, Set.of()) && !isUpdating());
    }

    private boolean isUpdating() {
        return engine.get("/services/" + id)
                .path("UpdateStatus")
                .path("State")
                .asString("")
                .equals("updating");
    }

    /** Whether exactly that many tasks live, all are running, and none is one of those. */
    public boolean isFull(int replicas, Set<String> gone) {
        List<SwarmTask> live = tasks();
        return live.size() == replicas && live.stream().allMatch(task -> task.isRunning() && !gone.contains(task.id()));
    }

    /** The tasks that live, whatever their state. */
    public List<SwarmTask> tasks() {
        List<SwarmTask> tasks = new ArrayList<>();
        for (JsonNode task : engine.get("/tasks?filters=" + EngineCalls.encode("{\"service\":[\"" + id + "\"]}"))) {
            JsonNode status = task.path("Status");
            tasks.add(new SwarmTask(
                    task.path("ID").asString(""),
                    status.path("State").asString(""),
                    status.path("PortStatus")
                            .path("Ports")
                            .path(0)
                            .path("PublishedPort")
                            .asInt(0),
                    status.path("ContainerStatus").path("ContainerID").asString("")));
        }
        return tasks.stream().filter(SwarmTask::isLive).toList();
    }

    /** Takes it away. */
    public void remove() throws InterruptedException {
        scaleAndRest(0);
        engine.delete("/services/" + id);
    }
}
