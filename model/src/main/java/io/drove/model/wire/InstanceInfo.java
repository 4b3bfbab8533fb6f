package io.drove.model.wire;

import io.drove.model.container.PortType;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance of an app.
 *
 * @param localInfo absent until the container is created
 * @param errorMessage why it failed; empty, never absent, when it did not
 */
public record InstanceInfo(
        AppId appId,
        String appName,
        InstanceId instanceId,
        ExecutorId executorId,
        @Nullable LocalInfo localInfo,
        List<AllocatedResource> resources,
        InstanceState state,
        Map<String, String> metadata,
        String errorMessage,
        long created,
        long updated) {

    /** Where it is reached: its host, and its ports by name. */
    public record LocalInfo(String hostname, Map<String, Port> ports) {
        /** What an executor reported, or null when it has no ports yet. */
        public static @Nullable LocalInfo of(String hostname, List<PortBinding> bindings) {
            if (bindings.isEmpty()) {
                return null;
            }
            Map<String, Port> ports = new LinkedHashMap<>();
            for (PortBinding binding : bindings) {
                ports.put(binding.name(), new Port(binding.containerPort(), binding.hostPort(), binding.type()));
            }
            return new LocalInfo(hostname, ports);
        }
    }

    /** A port inside the container and on the host. */
    public record Port(int containerPort, int hostPort, PortType portType) {}
}
