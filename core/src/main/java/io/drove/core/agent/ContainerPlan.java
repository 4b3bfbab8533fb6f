package io.drove.core.agent;

import io.drove.model.app.AppSpec;
import io.drove.model.id.ClusterId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.Allocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A container, completely described: what the spec says, and what was decided for this one instance. Does not print its environment, since
 * that has secrets.
 *
 * @param name of the container, {@code <appId>-<instanceId>}
 * @param env in the order of reference 5.3
 */
public record ContainerPlan(
        String name,
        ClusterId cluster,
        InstanceId instance,
        AppSpec spec,
        Allocation allocation,
        List<PortBinding> ports,
        Map<String, String> env) {
    public ContainerPlan {
        ports = List.copyOf(ports);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    @Override
    public String toString() {
        return "ContainerPlan[" + name + " " + allocation + " " + ports + "]";
    }
}
