package io.drove.bench.core;

import static java.util.Objects.requireNonNull;

import io.drove.bench.sample.SampleCluster;
import io.drove.core.contract.Change;
import io.drove.core.placement.Outcome;
import io.drove.core.placement.Placement;
import io.drove.core.placement.Request;
import io.drove.core.placement.Room;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Durable;
import io.drove.core.state.Limits;
import io.drove.model.app.AppSpec;
import org.jspecify.annotations.Nullable;

/** One line of placements on a cluster without instances, through the public entry of {@code core.placement}; the only place here that knows it. */
final class Placing {
    private final Limits limits;
    private final Room room;
    private final Placement placement;
    private Durable durable;
    private long placed;

    Placing(ClusterState state) {
        this.limits = state.limits();
        this.durable = state.durable();
        this.room = Room.of(state);
        // All of them are there.
        durable.executors().ids().forEach(executor -> room.present(executor, true));
        this.placement = new Placement(room);
    }

    static Request request(AppSpec spec) {
        return Request.of(spec);
    }

    /** The place for one more, as a fact that is not recorded yet; null when there is none. */
    Change.@Nullable InstancePlaced decide(Request request) {
        return switch (placement.place(request)) {
            case Outcome.Placed found ->
                new Change.InstancePlaced(
                        SampleCluster.instance(placed++), request.app(), found.executor(), found.allocation(), 0);
            case Outcome.NotPlaced _ -> null;
        };
    }

    /**
     * Has the placement's own index follow. Where an app's only instance is, it asks the state; of several it knows by itself. So only the first is applied:
     * the state that follows on a decision is not what is measured.
     */
    void record(Change.InstancePlaced fact) {
        Durable before = durable;
        if (requireNonNull(before.app(fact.app())).instances().isEmpty()) {
            durable = before.apply(fact, limits);
        }
        room.follow(before, fact, durable);
    }
}
