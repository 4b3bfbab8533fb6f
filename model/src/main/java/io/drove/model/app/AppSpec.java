package io.drove.model.app;

import static io.drove.model.Assertion.require;

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

/**
 * Everything that says what an application is and how one instance of it is run. Maps keep the order in which they were written.
 *
 * @param id of name and version, and the only place where the name is: a text of its own would be the largest part of a small app
 */
public record AppSpec(
        AppId id,
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
        require(id.isOf(version), "the app %s is not in version %s", id, version);
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

    /** With its name, as it is written. */
    public AppSpec(
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
        this(
                AppId.of(name, version),
                version,
                executable,
                exposedPorts,
                volumes,
                configs,
                type,
                logging,
                resources,
                placementPolicy,
                healthcheck,
                readiness,
                tags,
                env,
                args,
                devices,
                exposureSpec,
                preShutdown,
                userSpec,
                placementPreferences);
    }

    /** What all its versions are called; a new text each time. */
    public String name() {
        return id.nameOf(version);
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
