package io.drove.core.agent;

import io.drove.model.id.ClusterId;
import io.drove.model.instance.InstanceState;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A glance at an agent, for health page and figures.
 *
 * @param hasSession whether a leader listens
 * @param instances known instances by state, ended ones that are not forgotten included
 */
public record AgentStatus(
        boolean hasBegun,
        boolean hasSession,
        @Nullable ClusterId cluster,
        long highestEpoch,
        SortedMap<InstanceState, Integer> instances) {
    public AgentStatus {
        instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
    }
}
