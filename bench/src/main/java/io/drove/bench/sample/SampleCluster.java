package io.drove.bench.sample;

import io.drove.bench.watch.MeasurementFailed;
import io.drove.client.Json;
import io.drove.core.contract.Change;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Limits;
import io.drove.model.app.AppSpec;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.NumaNode;
import io.drove.model.executor.Transport;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import io.drove.model.wire.Decoded;
import io.drove.model.wire.SpecRules;
import io.drove.model.wire.UserDocuments;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** Clusters that are made up: executors with numbers, from 1, and apps with names. */
public final class SampleCluster {
    public static final String TAG = "gpu";
    /** A label of every executor. */
    public static final String RACK = "rack";

    public static final String ANY = "{\"type\": \"ANY\"}";
    private static final long MEGABYTES_PER_CORE = 4_096;
    private static final int PORT = 3_000;
    private static final int EXECUTORS_PER_RACK = 40;
    private static final String SPEC = """
            {
              "name": "app", "version": "1", "type": "SERVICE",
              "executable": {"type": "DOCKER", "url": "registry.example.org/team/service:1.2.3", "dockerPullTimeout": "100 seconds"},
              "exposedPorts": [{"name": "main", "port": 8000, "type": "HTTP"}],
              "logging": {"type": "LOCAL", "maxSize": "10m", "maxFiles": 3, "compress": true},
              "resources": [{"type": "CPU", "count": 1}, {"type": "MEMORY", "sizeInMB": 512}],
              "placementPolicy": {"type": "ANY"},
              "readiness": {"mode": {"type": "HTTP", "protocol": "HTTP", "portName": "main", "path": "/health", "verb": "GET",
                "successCodes": [200]}, "timeout": "1 second", "interval": "5 seconds", "attempts": 10, "initialDelay": "0 seconds"},
              "healthcheck": {"mode": {"type": "HTTP", "protocol": "HTTP", "portName": "main", "path": "/health", "verb": "GET",
                "successCodes": [200]}, "timeout": "1 second", "interval": "60 seconds", "attempts": 3, "initialDelay": "0 seconds"},
              "exposureSpec": {"vhost": "app.example.org", "portName": "main", "mode": "ALL"},
              "tags": {"team": "bench"}, "env": {"LOG_LEVEL": "INFO"},
              "preShutdown": {"hooks": [], "waitBeforeKill": "0 seconds"}
            }""";

    /**
     * How large it is.
     *
     * @param cores of each executor
     */
    public record Shape(int executors, int cores, int numaNodes) {
        /** Cores of all executors. */
        public long allCores() {
            return (long) executors * cores;
        }

        public int coresPerNode() {
            return cores / numaNodes;
        }

        /** Values of {@link #RACK}, of which each has as many executors as any other, or one more. */
        public int racks() {
            return Math.max(1, executors / EXECUTORS_PER_RACK);
        }
    }

    private SampleCluster() {}

    /** The spec of an app of that many cores an instance, with a policy as the API writes it. */
    public static AppSpec spec(String name, int cores, String policy) {
        return spec(name, cores, policy, "[]");
    }

    /** The same with preferences, as the API writes them. */
    public static AppSpec spec(String name, int cores, String policy, String preferences) {
        return switch (new UserDocuments(SpecRules.DEFAULT).appSpec(specJson(name, cores, policy, preferences))) {
            case Decoded.Valid<AppSpec> valid -> valid.value();
            case Decoded.Invalid<AppSpec> invalid ->
                throw new MeasurementFailed("the sample spec is wrong: " + invalid.texts());
        };
    }

    /** That spec as a user sends it. */
    public static byte[] specJson(String name, int cores, String policy, String preferences) {
        ObjectNode spec = (ObjectNode) Json.read(SPEC.getBytes(StandardCharsets.UTF_8));
        spec.put("name", name);
        ((ObjectNode) spec.path("resources").path(0)).put("count", cores);
        spec.set("placementPolicy", Json.read(policy.getBytes(StandardCharsets.UTF_8)));
        spec.set("placementPreferences", Json.read(preferences.getBytes(StandardCharsets.UTF_8)));
        return Json.compact(spec).getBytes(StandardCharsets.UTF_8);
    }

    /** An empty cluster; one executor in {@code tagged} has {@link #TAG}, none when it is 0. */
    public static ClusterState empty(Shape shape, int tagged) {
        ClusterState state =
                ClusterState.empty(Limits.DEFAULT).apply(new Change.EpochBegun(1, new ClusterId("bench"), 0));
        for (int number = 1; number <= shape.executors(); number++) {
            boolean isTagged = tagged > 0 && number % tagged == 0;
            state = state.apply(new Change.ExecutorRegistered(
                    executor(number), Integer.toString(number), inventory(shape, number, isTagged), 0));
        }
        return state;
    }

    /** With these apps, none of which wants an instance. */
    public static ClusterState with(ClusterState state, List<AppSpec> specs) {
        ClusterState next = state;
        for (AppSpec spec : specs) {
            next = next.apply(new Change.AppRegistered(spec, 0));
        }
        return next;
    }

    public static ExecutorId executor(int number) {
        return ExecutorId.of("executor-%05d".formatted(number), PORT);
    }

    private static ExecutorInventory inventory(Shape shape, int number, boolean isTagged) {
        List<NumaNode> nodes = new ArrayList<>();
        for (int node = 0; node < shape.numaNodes(); node++) {
            CoreSet cores = CoreSet.of(IntStream.range(node * shape.coresPerNode(), (node + 1) * shape.coresPerNode())
                    .toArray());
            long memory = shape.coresPerNode() * MEGABYTES_PER_CORE;
            nodes.add(new NumaNode(node, cores, memory, cores, memory));
        }
        return new ExecutorInventory(
                "executor-%05d".formatted(number),
                PORT,
                Transport.HTTP,
                isTagged ? new TreeSet<>(List.of(TAG)) : new TreeSet<>(),
                nodes,
                Map.of(RACK, "rack-%03d".formatted(number % shape.racks())));
    }

    /** Facts that fill a cluster to about that share, each node a little more or less, with instances of one core of these apps by turns. */
    public static List<Change.InstancePlaced> filling(Shape shape, double share, List<AppId> apps, long seed) {
        Random random = new Random(seed);
        List<Change.InstancePlaced> placed = new ArrayList<>();
        for (int number = 1; number <= shape.executors(); number++) {
            for (int node = 0; node < shape.numaNodes(); node++) {
                double spread = share > 0 && share < 1 ? (random.nextDouble() - 0.5) * 0.04 : 0;
                int cores = (int) Math.round(Math.clamp(share + spread, 0, 1) * shape.coresPerNode());
                for (int core = 0; core < cores; core++) {
                    placed.add(new Change.InstancePlaced(
                            instance(placed.size()),
                            apps.get(placed.size() % apps.size()),
                            executor(number),
                            new Allocation(node, CoreSet.of(node * shape.coresPerNode() + core), 512),
                            0));
                }
            }
        }
        return placed;
    }

    /** The id with that number. */
    public static InstanceId instance(long number) {
        // Spread like random ones, and the same in each run.
        return new InstanceId(InstanceId.Kind.APP, number * 0x9E3779B97F4A7C15L, number);
    }
}
