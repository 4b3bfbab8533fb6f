package io.drove.core.state;

import io.drove.core.contract.Change;
import io.drove.model.instance.InstanceState;
import java.util.OptionalLong;

/** All that is known of a cluster at one moment: an immutable value, so that readers take it without a lock and a decision can be dropped. */
public record ClusterState(Durable durable, Observed observed, Limits limits) {
    public static ClusterState empty(Limits limits) {
        return new ClusterState(Durable.empty(), Observed.nothing(0), limits);
    }

    /** The state of a peer that knows the journal and has seen nothing. */
    public static ClusterState recovered(Durable durable, Limits limits) {
        return new ClusterState(durable, Observed.nothing(0), limits);
    }

    /** The only way in which the durable half changes, live, in recovery, on followers and in the simulator. */
    public ClusterState apply(Change change) {
        return new ClusterState(durable.apply(change, limits), observed, limits);
    }

    ClusterState with(Observed value) {
        return new ClusterState(durable, value, limits);
    }

    /** When the next deadline is due, in monotonic nanoseconds of the epoch; how long the loop may sleep. */
    public OptionalLong nextDeadline() {
        return observed.deadlines().next();
    }

    /** The state of a live instance as it is shown: what the journal knows for sure, else what was last told. */
    public InstanceState shown(InstanceRecord instance) {
        Sighting sighting = observed.sighting(instance.id());
        return switch (instance.phase()) {
            case HEALTHY -> InstanceState.HEALTHY;
            case COMING -> sighting == null || !sighting.state().isComing() ? InstanceState.PENDING : sighting.state();
            case FAILING ->
                sighting == null || sighting.state().isComing() ? InstanceState.UNHEALTHY : sighting.state();
            case STOPPING -> sighting == null || !isGoing(sighting.state()) ? InstanceState.STOPPING : sighting.state();
        };
    }

    private static boolean isGoing(InstanceState state) {
        return state == InstanceState.DEPROVISIONING || state == InstanceState.STOPPING;
    }
}
