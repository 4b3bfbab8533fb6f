package io.drove.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.bench.sample.SampleCluster;
import io.drove.bench.sample.SampleCluster.Shape;
import io.drove.core.contract.Change;
import io.drove.model.app.AppSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource
    void a_cluster_is_filled_in_stretches_until_every_core_is_taken(SamplePolicy policy) {
        List<AppSpec> apps =
                IntStream.range(0, 40).mapToObj(app -> policy.spec(app, 1)).toList();
        int tagged = policy == SamplePolicy.TAG ? 1 : 0;
        Placing placing = new Placing(SampleCluster.with(SampleCluster.empty(SHAPE, tagged), apps));
        Filling filling =
                new Filling(placing, apps.stream().map(Placing::request).toList(), 7);

        Filling.Taken half = filling.until(80);
        Filling.Taken rest = filling.until(Long.MAX_VALUE);

        assertThat(half.placed()).isEqualTo(80);
        assertThat(half.refused()).isZero();
        assertThat(half.nanos()).hasSize(80);
        assertThat(rest.coresUsed()).isEqualTo(160);
        assertThat(rest.placed()).isEqualTo(80);
        assertThat(rest.refused()).isGreaterThanOrEqualTo(apps.size());
    }
}
