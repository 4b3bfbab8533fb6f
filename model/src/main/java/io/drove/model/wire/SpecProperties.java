package io.drove.model.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.drove.model.app.AppSpec;
import io.drove.model.app.ExposureSpec;
import io.drove.model.app.JobType;
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

/** What {@link AppSpec} is written as: its components, but for the app's name instead of its id. */
abstract class SpecProperties {
    @JsonCreator
    SpecProperties(
            @JsonProperty("name") String name,
            @JsonProperty("version") String version,
            @JsonProperty("executable") Executable executable,
            @JsonProperty("exposedPorts") List<PortSpec> exposedPorts,
            @JsonProperty("volumes") List<MountedVolume> volumes,
            @JsonProperty("configs") List<ConfigSpec> configs,
            @JsonProperty("type") JobType type,
            @JsonProperty("logging") LoggingSpec logging,
            @JsonProperty("resources") List<ResourceRequirement> resources,
            @JsonProperty("placementPolicy") PlacementPolicy placementPolicy,
            @JsonProperty("healthcheck") CheckSpec healthcheck,
            @JsonProperty("readiness") CheckSpec readiness,
            @JsonProperty("tags") Map<String, String> tags,
            @JsonProperty("env") Map<String, String> env,
            @JsonProperty("args") List<String> args,
            @JsonProperty("devices") List<DeviceSpec> devices,
            @JsonProperty("exposureSpec") @Nullable ExposureSpec exposureSpec,
            @JsonProperty("preShutdown") PreShutdownSpec preShutdown,
            @JsonProperty("userSpec") @Nullable UserSpec userSpec,
            @JsonProperty("placementPreferences") List<PlacementPreference> placementPreferences) {}

    @JsonIgnore
    abstract AppId id();

    @JsonProperty("name")
    abstract String name();
}
