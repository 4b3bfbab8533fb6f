package io.drove.bench.core;

import io.drove.bench.sample.SampleCluster;
import io.drove.core.contract.Change;
import io.drove.core.placement.Outcome;
import io.drove.core.placement.Placement;
import io.drove.core.placement.Request;
import io.drove.core.placement.Room;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Durable;
import io.drove.model.app.AppSpec;
import org.jspecify.annotations.Nullable;

/** One line of placements on a cluster without instances, through the public entry of {@code core.placement}; the only place here that knows it. */
final class Placing {
    private final Durable start;
    private final Room room;
    private final Placement placement;
    private long placed;

    Placing(ClusterState state) {
        this.start = state.durable();
        this.room = Room.of(state);
        // All of them are there.
        start.executors().ids().forEach(executor -> room.present(executor, true));
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

    /** Has the placement's own index follow; to it, a placement alone says everything, so that the state may stay as it was. */
    void record(Change.InstancePlaced fact) {
        room.follow(start, fact, start);
    }
}
