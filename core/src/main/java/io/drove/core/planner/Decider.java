package io.drove.core.planner;

import io.drove.core.contract.Input;
import io.drove.core.contract.Now;
import io.drove.core.state.ClusterState;

/** The core as its callers see it. The simulator puts broken ones in the place of {@link Planner} to prove that it would notice. */
@FunctionalInterface
public interface Decider {
    /** What follows from this input at this time. The same arguments give the same decision. */
    Decision decide(ClusterState state, Input input, Now now);
}
