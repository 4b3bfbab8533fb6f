package io.drove.model.session;

import io.drove.model.executor.ExecutorInventory;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.instance.InstanceReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an executor says to the leader. */
public sealed interface ToController {
    /**
     * The first frame of a session.
     *
     * @param protocol version of this vocabulary, {@link SessionProtocol#VERSION}
     * @param cluster the cluster it belongs to, null before it joined its first
     * @param highestEpoch the highest epoch whose orders it has seen
     * @param inventoryDigest digest of its inventory; the leader asks for the whole when it does not know it
     */
    record Hello(
            int protocol,
            ExecutorId executor,
            @Nullable ClusterId cluster,
            long highestEpoch,
            String inventoryDigest,
            String version)
            implements ToController {}

    /** What it has to give out; when the leader asked, and whenever it changes. */
    record Inventory(String digest, ExecutorInventory inventory) implements ToController {}

    /** Part of the list of all instances it knows, at the start of a session; {@code last} ends the list. */
    record Snapshot(List<InstanceReport> instances, boolean last) implements ToController {
        public Snapshot {
            instances = List.copyOf(instances);
        }
    }

    /** Instances that changed, and the numbers of the orders that arrived since the last such frame. */
    record Changes(List<InstanceReport> instances, List<Long> received) implements ToController {
        public Changes {
            instances = List.copyOf(instances);
            received = List.copyOf(received);
        }
    }

    /** Still here. */
    record Heartbeat() implements ToController {}

    /** It is being stopped and will be back: its instances run on. */
    record Leaving(String reason) implements ToController {}
}
