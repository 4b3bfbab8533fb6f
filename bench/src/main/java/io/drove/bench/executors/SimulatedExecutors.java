package io.drove.bench.executors;

import io.drove.core.agent.AgentLimits;
import io.drove.core.agent.AgentSettings;
import io.drove.core.agent.PortRange;
import io.drove.executor.agent.LeaderLink;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.NumaNode;
import io.drove.model.executor.Transport;
import io.drove.model.id.ExecutorId;
import io.drove.model.resource.CoreSet;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** All executors of this process. */
final class SimulatedExecutors implements AutoCloseable {
    private static final long MEGABYTES_PER_CORE = 4_096;
    private static final int PORT = 3_000;
    /** So many start a second: a rack that is switched on, and no herd that fills the controller's backlog. */
    private static final int STARTS_PER_SECOND = 500;

    private final Workshop workshop = new Workshop();
    private final List<SimulatedExecutor> all = new ArrayList<>();

    SimulatedExecutors(ExecutorsShape shape) {
        ClusterSecret secret = new ClusterSecret(new Secret(shape.secret()));
        for (int number = 1; number <= shape.executors(); number++) {
            ExecutorInventory inventory = inventory(shape, number);
            all.add(new SimulatedExecutor(
                    settings(inventory, number),
                    shape,
                    workshop,
                    executor -> new LeaderLink(
                            List.of(shape.controller()),
                            secret,
                            inventory.hostname(),
                            executor::offer,
                            workshop.shared())));
        }
    }

    private static ExecutorInventory inventory(ExecutorsShape shape, int number) {
        int each = shape.cores() / shape.numaNodes();
        List<NumaNode> nodes = new ArrayList<>();
        for (int node = 0; node < shape.numaNodes(); node++) {
            CoreSet cores =
                    CoreSet.of(IntStream.range(node * each, (node + 1) * each).toArray());
            long memory = each * MEGABYTES_PER_CORE;
            nodes.add(new NumaNode(node, cores, memory, cores, memory));
        }
        return new ExecutorInventory(
                "executor-%05d".formatted(number),
                PORT,
                Transport.HTTP,
                new TreeSet<>(),
                nodes,
                Map.of("rack", "rack-%03d".formatted((number - 1) / shape.perRack())));
    }

    private static AgentSettings settings(ExecutorInventory inventory, int number) {
        return new AgentSettings(
                ExecutorId.of(inventory.hostname(), inventory.port()),
                null,
                0,
                "simulated",
                inventory,
                Integer.toHexString(inventory.hashCode()),
                Map.of(),
                PortRange.DEFAULT,
                true,
                number,
                AgentLimits.DEFAULT);
    }

    void start() {
        workshop.start();
        for (int i = 0; i < all.size(); i++) {
            workshop.wheel().after(TimeUnit.SECONDS.toNanos(i) / STARTS_PER_SECOND, all.get(i)::begin);
        }
    }

    /** Takes that many more away for good, spread over those that are left. */
    void cut(int count) {
        List<SimulatedExecutor> left =
                all.stream().filter(executor -> !executor.glance().isCut()).toList();
        for (int i = 0; i < count; i++) {
            left.get((int) ((long) i * left.size() / count)).cut();
        }
    }

    /** The sum over those that were not cut, and how many instances are on those that were. */
    ExecutorsGlance glance() {
        int accepted = 0;
        int live = 0;
        int healthy = 0;
        int failures = 0;
        int cut = 0;
        int gone = 0;
        for (SimulatedExecutor executor : all) {
            SimulatedExecutor.Glance one = executor.glance();
            accepted += one.accepted();
            failures += one.failures();
            if (one.isCut()) {
                cut++;
                gone += one.live();
            } else {
                live += one.live();
                healthy += one.healthy();
            }
        }
        return new ExecutorsGlance(accepted, live, healthy, failures, cut, gone);
    }

    @Override
    public void close() {
        workshop.close();
    }
}
