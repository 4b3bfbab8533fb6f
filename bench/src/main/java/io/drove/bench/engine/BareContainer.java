package io.drove.bench.engine;

import io.drove.bench.watch.Await;
import io.drove.bench.watch.HttpProbe;
import io.drove.bench.watch.MeasurementFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts containers by the engine's create and start calls alone, with the parameters that Drove gave to a container of its own: image, cpuset,
 * memory, port, environment, labels, limits and logging are read from that container.
 */
public final class BareContainer {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> FROM_CONFIG = List.of("Image", "Cmd", "User", "Env", "ExposedPorts");
    private static final List<String> FROM_HOST_CONFIG =
            List.of("Memory", "CpusetCpus", "CpusetMems", "Binds", "Ulimits", "LogConfig", "Devices", "DeviceRequests");
    private static final String NAME = "bench-bare";

    private final EngineCalls engine;
    private final JsonNode model;

    /** {@code model}: a container that Drove started, as the engine describes it. */
    public BareContainer(EngineCalls engine, JsonNode model) {
        this.engine = engine;
        this.model = model;
    }

    /** Starts one and removes it again; returns the time from the first call to the first good answer of its HTTP port. */
    public Duration startOnce() throws InterruptedException {
        int hostPort = freePort();
        ObjectNode body = body(model, hostPort);
        long start = System.nanoTime();
        String id =
                engine.post("/containers/create?name=" + NAME, body).path("Id").asString("");
        try {
            engine.post("/containers/" + id + "/start");
            Await.until("a bare container answers", LIMIT, Await.FINE, () -> HttpProbe.answers(hostPort));
            return Await.since(start);
        } finally {
            engine.delete("/containers/" + id + "?force=true&v=true");
        }
    }

    /** The create call's body. The labels keep their length but not their names, so that no executor takes the container for its own. */
    static ObjectNode body(JsonNode model, int hostPort) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        JsonNode config = model.path("Config");
        FROM_CONFIG.stream().filter(config::hasNonNull).forEach(key -> body.set(key, config.get(key)));
        ObjectNode labels = body.putObject("Labels");
        for (Map.Entry<String, JsonNode> label : config.path("Labels").properties()) {
            labels.set(label.getKey().replace("drove.", "bench."), label.getValue());
        }
        ObjectNode host = body.putObject("HostConfig");
        JsonNode hostConfig = model.path("HostConfig");
        FROM_HOST_CONFIG.stream().filter(hostConfig::hasNonNull).forEach(key -> host.set(key, hostConfig.get(key)));
        ObjectNode ports = host.putObject("PortBindings");
        for (String containerPort : hostConfig.path("PortBindings").propertyNames()) {
            ports.putArray(containerPort).addObject().put("HostPort", Integer.toString(hostPort));
        }
        return body;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new MeasurementFailed("no free port", e);
        }
    }
}
