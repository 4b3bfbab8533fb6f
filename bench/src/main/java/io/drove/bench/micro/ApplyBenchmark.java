package io.drove.bench.micro;

import io.drove.bench.sample.SampleCluster;
import io.drove.core.contract.Change;
import io.drove.core.state.ClusterState;
import io.drove.model.app.AppSpec;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Facts applied to a state with 50,000 instances of 50 apps on 1,000 executors. */
@State(Scope.Thread)
public class ApplyBenchmark {
    private static final int INSTANCES = 50_000;
    private static final SampleCluster.Shape SHAPE = new SampleCluster.Shape(1_000, 64, 2);

    private final ClusterState state = state();
    private final AppSpec spec = spec(1);
    private long number = INSTANCES;

    private static AppSpec spec(int number) {
        return SampleCluster.spec("app-" + number, 1, "{\"type\": \"ANY\"}");
    }

    private static ClusterState state() {
        List<AppSpec> specs = java.util.stream.IntStream.range(0, 50)
                .mapToObj(ApplyBenchmark::spec)
                .toList();
        ClusterState state = SampleCluster.with(SampleCluster.empty(SHAPE, 0), specs);
        for (Change change : SampleCluster.filling(
                SHAPE, INSTANCES / 64_000.0, specs.stream().map(AppSpec::id).toList(), 1)) {
            state = state.apply(change);
        }
        return state;
    }

    /** One instance more, each time on the same state. */
    @Benchmark
    public ClusterState instancePlaced() {
        number++;
        return state.apply(new Change.InstancePlaced(
                SampleCluster.instance(number),
                spec.id(),
                SampleCluster.executor(1),
                new Allocation(0, CoreSet.of(31), 512),
                0));
    }
}
