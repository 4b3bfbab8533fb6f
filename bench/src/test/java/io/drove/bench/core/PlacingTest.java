package io.drove.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.bench.sample.SampleCluster;
import io.drove.bench.sample.SampleCluster.Shape;
import io.drove.core.contract.Change;
import io.drove.core.state.ClusterState;
import io.drove.model.app.AppSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlacingTest {
    private static final Shape SHAPE = new Shape(10, 16, 2);
    private static final AppSpec APP = SampleCluster.spec("app", 1, SampleCluster.ANY);

    @Test
    void a_filling_takes_about_the_share_asked_for_and_no_core_twice() {
        List<Change.InstancePlaced> filling = SampleCluster.filling(SHAPE, 0.5, List.of(APP.id()), 1);

        Set<String> cores = new HashSet<>();
        filling.forEach(placed ->
                cores.add(placed.executor() + " " + placed.allocation().cores()));
        assertThat(cores).hasSameSizeAs(filling);
        assertThat(filling.size()).isBetween(70, 90);
    }

    @Test
    void places_are_found_until_every_core_is_taken() {
        ClusterState half = SampleCluster.with(SampleCluster.empty(SHAPE, 0), List.of(APP));
        List<Change.InstancePlaced> filling = SampleCluster.filling(SHAPE, 0.5, List.of(APP.id()), 1);
        for (Change change : filling) {
            half = half.apply(change);
        }
        Placing placing = new Placing(half, filling.size());
        int placed = 0;
        Change.InstancePlaced fact = placing.decide(Placing.request(APP));
        while (fact != null) {
            placing.record(fact);
            placed++;
            fact = placing.decide(Placing.request(APP));
        }

        assertThat(placed + filling.size()).isEqualTo(160);
    }
}
