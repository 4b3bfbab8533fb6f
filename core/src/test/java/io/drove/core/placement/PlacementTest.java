package io.drove.core.placement;

import static io.drove.core.Apps.app;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.TestCluster;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Phase;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPolicy.Composite;
import io.drove.model.resource.CoreSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacementTest {
    private final TestCluster cluster = new TestCluster();

    @Test
    void instances_of_an_app_spread_over_hosts() {
        cluster.executor("a", 8);
        cluster.executor("b", 8);
        cluster.executor("c", 8);

        AppId web = cluster.create(app("web"), 6);

        assertThat(perExecutor(web).values()).containsExactlyInAnyOrder(2, 2, 2);
    }

    @Test
    void an_instance_has_its_cores_on_one_numa_node() {
        cluster.executor("a", 3, 4);

        AppId web = cluster.create(app("web").cores(4), 1);

        InstanceRecord instance = cluster.instances(web, Phase.COMING).getFirst();
        assertThat(instance.allocation().numaNode()).isEqualTo(1);
        assertThat(instance.allocation().cores()).isEqualTo(CoreSet.of(3, 4, 5, 6));
    }

    @Test
    void a_small_request_leaves_the_big_block_whole() {
        cluster.executor("a", 8, 2);

        AppId small = cluster.create(app("small").cores(2), 1);

        assertThat(cluster.instances(small, Phase.COMING)
                        .getFirst()
                        .allocation()
                        .numaNode())
                .isEqualTo(1);
    }

    @Test
    void one_per_host_counts_two_executors_of_one_machine_together() {
        cluster.executor("a", 4);
        AppId web = cluster.create(app("web").placed(new PlacementPolicy.OnePerHost()), 2);

        assertThat(cluster.app(web).instances()).hasSize(1);
        assertThat(cluster.state().observed().notPlaced().get(web).get())
                .isEqualTo("No executor of 1 fits: 1 have enough instances of this app");
    }

    @Test
    void at_most_n_go_on_a_host() {
        cluster.executor("a", 4);
        cluster.executor("b", 4);
        AppId web = cluster.create(app("web").placed(new PlacementPolicy.MaxPerHost(2)), 6);

        assertThat(perExecutor(web).values()).containsExactlyInAnyOrder(2, 2);
    }

    @Test
    void a_tagged_executor_takes_only_those_who_ask_for_tags() {
        cluster.executor("plain", 4);
        ExecutorId ssd = cluster.executor("fast", List.of("ssd"), 4);

        AppId web = cluster.create(app("web"), 6);
        AppId db = cluster.create(app("db").placed(new PlacementPolicy.MatchTag("ssd")), 1);

        assertThat(perExecutor(web)).hasSize(1).doesNotContainKey(ssd);
        assertThat(perExecutor(db)).containsOnlyKeys(ssd);
    }

    @Test
    void a_host_name_is_a_tag() {
        cluster.executor("a", 4);
        ExecutorId b = cluster.executor("b", 4);

        AppId web = cluster.create(app("web").placed(new PlacementPolicy.MatchTag("b")), 2);

        assertThat(perExecutor(web)).containsOnlyKeys(b);
    }

    @Test
    void policies_are_combined() {
        cluster.executor("a", List.of("ssd"), 4);
        cluster.executor("b", List.of("gpu"), 4);
        PlacementPolicy either = new Composite(
                List.of(new PlacementPolicy.MatchTag("ssd"), new PlacementPolicy.MatchTag("gpu")),
                Composite.Combiner.OR);
        PlacementPolicy both = new Composite(List.of(either, new PlacementPolicy.OnePerHost()), Composite.Combiner.AND);

        AppId web = cluster.create(app("web").placed(both), 3);

        assertThat(perExecutor(web).values()).containsExactlyInAnyOrder(1, 1);
    }

    @Test
    void a_refusal_counts_each_executor_once_and_names_the_nearest_miss() {
        cluster.executor("a", 2);
        cluster.executor("b", 3);
        cluster.executor("c", List.of("ssd"), 16);

        AppId big = cluster.create(app("big").cores(4), 1);

        assertThat(cluster.state().observed().notPlaced().get(big).get())
                .isEqualTo("No executor of 3 fits: 1 have the wrong tags,"
                        + " 2 have too few free cores on one NUMA node;"
                        + " nearest: b has 3 of 4 cores and 10000 of 64 MB free on NUMA node 0");
    }

    @Test
    void what_could_not_be_placed_is_placed_as_soon_as_there_is_room() {
        cluster.executor("a", 2);
        AppId web = cluster.create(app("web"), 4);
        assertThat(cluster.app(web).instances()).hasSize(2);

        cluster.executor("b", 2);

        assertThat(cluster.app(web).instances()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void no_core_is_given_twice_and_nothing_that_fits_is_refused(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 4; i++) {
            cluster.executor("host" + i, 1 + random.nextInt(6), 1 + random.nextInt(6));
        }

        for (int i = 0; i < 20; i++) {
            cluster.create(app("app" + i).cores(1 + random.nextInt(4)), random.nextInt(4));
            assertConsistent();
            if (random.nextInt(3) == 0) {
                cluster.obeyAll();
            }
        }
    }

    private void assertConsistent() {
        Map<ExecutorId, Map<Integer, Integer>> free = new HashMap<>();
        for (var executor : cluster.state().durable().executors().values()) {
            for (var node : executor.inventory().nodes()) {
                node.cores().stream()
                        .forEach(core -> free.computeIfAbsent(executor.id(), _ -> new HashMap<>())
                                .put(core, node.id()));
            }
        }
        for (var app : cluster.state().durable().apps().values()) {
            for (InstanceRecord instance : app.instances().values()) {
                for (int core : instance.allocation().cores().toList()) {
                    Integer node = java.util.Objects.requireNonNull(free.get(instance.executor()))
                            .remove(core);
                    assertThat(node)
                            .as("core %d of %s given twice", core, instance)
                            .isNotNull();
                    assertThat(node).isEqualTo(instance.allocation().numaNode());
                }
            }
        }
        for (var app : cluster.state().durable().apps().values()) {
            if (app.counts().live() < app.desired() && app.counts().coming() < 16) {
                boolean wouldFit = free.values().stream()
                        .anyMatch(cores -> fits(cores, app.spec().cores()));
                assertThat(wouldFit).as("%s fits but is pending", app.id()).isFalse();
            }
        }
    }

    private static boolean fits(Map<Integer, Integer> freeCores, int wanted) {
        Map<Integer, Integer> perNode = new HashMap<>();
        freeCores.values().forEach(node -> perNode.merge(node, 1, Integer::sum));
        return perNode.values().stream().anyMatch(count -> count >= wanted);
    }

    private Map<ExecutorId, Integer> perExecutor(AppId app) {
        Map<ExecutorId, Integer> counts = new HashMap<>();
        cluster.app(app).instances().values().forEach(instance -> counts.merge(instance.executor(), 1, Integer::sum));
        return counts;
    }
}
