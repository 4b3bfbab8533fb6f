package io.drove.core.agent;

import io.drove.model.executor.ExecutorInventory;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an agent knows when it starts.
 *
 * @param cluster the cluster that this executor belongs to, null before it joined its first
 * @param highestEpoch the highest epoch it has seen, as stored
 * @param version of this program
 * @param environment of the executor's process, from which env entries with an empty value are filled
 * @param ports the host ports that instances get
 * @param keepsImages whether an image stays on the machine after its last instance ended
 * @param jitterSeed spreads the dialling of many executors
 */
public record AgentSettings(
        ExecutorId executor,
        @Nullable ClusterId cluster,
        long highestEpoch,
        String version,
        ExecutorInventory inventory,
        String inventoryDigest,
        Map<String, String> environment,
        PortRange ports,
        boolean keepsImages,
        long jitterSeed,
        AgentLimits limits) {
    public AgentSettings {
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }
}
