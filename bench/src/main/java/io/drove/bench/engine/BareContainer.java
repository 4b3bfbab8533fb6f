package io.drove.bench.engine;

import io.drove.bench.watch.Await;
import io.drove.bench.watch.HttpProbe;
import io.drove.bench.watch.MeasurementFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts containers by the engine's create and start calls alone, with the parameters that Drove gave to a container of its own: image, cpuset,
 * memory, port and its address, environment, labels, limits and logging are read from that container. Several at the same time are not pinned: they would share the cores of one.
 */
public final class BareContainer {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> FROM_CONFIG = List.of("Image", "Cmd", "User", "Env", "ExposedPorts");
    private static final List<String> FROM_HOST_CONFIG =
            List.of("Memory", "CpusetCpus", "CpusetMems", "Binds", "Ulimits", "LogConfig", "Devices", "DeviceRequests");
    private static final List<String> PINS = List.of("CpusetCpus", "CpusetMems");
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
        return startTogether(1);
    }

    /** Starts that many at the same time and removes them again; returns the time from the first call until all of them have answered. */
    public Duration startTogether(int count) throws InterruptedException {
        List<Integer> hostPorts = freePorts(count);
        Duration time;
        try (ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = name(i);
                int hostPort = hostPorts.get(i);
                ObjectNode body = body(model, hostPort);
                if (count > 1) {
                    body.withObject("HostConfig").remove(PINS);
                }
                calls.add(() -> {
                    start(name, body, hostPort);
                    return null;
                });
            }
            long start = System.nanoTime();
            for (Future<Void> call : starts.invokeAll(calls)) {
                call.get();
            }
            time = Await.since(start);
        } catch (ExecutionException e) {
            MeasurementFailed failure = new MeasurementFailed("a bare container was not started", e);
            removeAll(count).forEach(failure::addSuppressed);
            throw failure;
        }
        List<MeasurementFailed> staying = removeAll(count);
        if (!staying.isEmpty()) {
            throw staying.getFirst();
        }
        return time;
    }

    /** Tries all; returns what was in the way. */
    private List<MeasurementFailed> removeAll(int count) {
        List<MeasurementFailed> failures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try {
                engine.delete("/containers/" + name(i) + "?force=true&v=true");
            } catch (MeasurementFailed stays) {
                failures.add(stays);
            }
        }
        return failures;
    }

    private static String name(int number) {
        return NAME + "-" + number;
    }

    private void start(String name, ObjectNode body, int hostPort) throws InterruptedException {
        engine.post("/containers/create?name=" + name, body);
        engine.post("/containers/" + name + "/start");
        Await.until("a bare container answers", LIMIT, Await.FINE, () -> HttpProbe.answers(hostPort));
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
            ArrayNode places = ports.putArray(containerPort);
            for (JsonNode place : hostConfig.path("PortBindings").path(containerPort)) {
                places.addObject()
                        .put("HostIp", place.path("HostIp").asString(""))
                        .put("HostPort", Integer.toString(hostPort));
            }
        }
        return body;
    }

    /** Different ones: each is held until all are known. */
    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new MeasurementFailed("no free port", e);
        } finally {
            sockets.forEach(BareContainer::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new MeasurementFailed("a port stays taken", e);
        }
    }
}
