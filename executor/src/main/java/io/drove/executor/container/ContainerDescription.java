package io.drove.executor.container;

import io.drove.model.container.DeviceSpec;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.MountedVolume;
import io.drove.model.container.UserSpec;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.CoreSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A container to be made (reference 5.5). Does not print its environment.
 *
 * @param cores physical ones
 * @param memoryNode the NUMA node whose memory is used, empty for any
 * @param syslogTag how the container is called on a syslog server
 */
public record ContainerDescription(
        String name,
        String image,
        List<String> args,
        Map<String, String> env,
        Map<String, String> labels,
        List<PortBinding> ports,
        PublishedOn publishedOn,
        List<MountedVolume> volumes,
        CoreSet cores,
        OptionalInt memoryNode,
        long memoryBytes,
        ContainerLimits limits,
        LoggingSpec logging,
        String syslogTag,
        List<DeviceSpec> devices,
        @Nullable UserSpec user) {
    public ContainerDescription {
        args = List.copyOf(args);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        ports = List.copyOf(ports);
        volumes = List.copyOf(volumes);
        devices = List.copyOf(devices);
    }

    @Override
    public String toString() {
        return "ContainerDescription[" + name + " " + image + " cores " + cores + "]";
    }
}
