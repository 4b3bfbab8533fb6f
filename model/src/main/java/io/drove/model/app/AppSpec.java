package io.drove.model.app;

import io.drove.model.TextMap;
import io.drove.model.check.CheckSpec;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.DeviceSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.MountedVolume;
import io.drove.model.container.PortSpec;
import io.drove.model.container.UserSpec;
import io.drove.model.id.AppId;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPreference;
import io.drove.model.resource.ResourceRequirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that says what an application is and how one instance of it is run. Maps keep the order in which they were written. */
public record AppSpec(
        String name,
        String version,
        Executable executable,
        List<PortSpec> exposedPorts,
        List<MountedVolume> volumes,
        List<ConfigSpec> configs,
        JobType type,
        LoggingSpec logging,
        List<ResourceRequirement> resources,
        PlacementPolicy placementPolicy,
        CheckSpec healthcheck,
        CheckSpec readiness,
        Map<String, String> tags,
        Map<String, String> env,
        List<String> args,
        List<DeviceSpec> devices,
        @Nullable ExposureSpec exposureSpec,
        PreShutdownSpec preShutdown,
        @Nullable UserSpec userSpec,
        List<PlacementPreference> placementPreferences) {
    public AppSpec {
        exposedPorts = List.copyOf(exposedPorts);
        volumes = List.copyOf(volumes);
        configs = List.copyOf(configs);
        resources = List.copyOf(resources);
        tags = TextMap.copyOf(tags);
        env = TextMap.copyOf(env);
        args = List.copyOf(args);
        devices = List.copyOf(devices);
        placementPreferences = List.copyOf(placementPreferences);
    }

    public AppId id() {
        return AppId.of(name, version);
    }

    /** Cores that one instance asks for, in whole logical cores. */
    public int cores() {
        long cores = 0;
        for (ResourceRequirement requirement : resources) {
            cores += requirement instanceof ResourceRequirement.Cpu cpu ? cpu.count() : 0;
        }
        return Math.toIntExact(cores);
    }

    /** Memory that one instance asks for, in MB. */
    public long memoryInMb() {
        long memory = 0;
        for (ResourceRequirement requirement : resources) {
            memory += requirement instanceof ResourceRequirement.Memory wanted ? wanted.sizeInMB() : 0;
        }
        return memory;
    }
}
