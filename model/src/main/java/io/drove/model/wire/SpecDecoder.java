package io.drove.model.wire;

import static java.util.Objects.requireNonNull;

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
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPreference;
import io.drove.model.resource.ResourceRequirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the spec of an application (reference 4.1), each field on its own; {@link SpecChecks} then looks at fields together. */
final class SpecDecoder {
    static final String TYPE = "ApplicationSpec";

    private final SpecRules rules;

    SpecDecoder(SpecRules rules) {
        this.rules = rules;
    }

    @Nullable
    AppSpec app(TreeReader spec) {
        String name = spec.text("name", "- Application name is mandatory");
        Names.check(spec, "name", name);
        String version = spec.text("version", "- App version is mandatory");
        Names.check(spec, "version", version);
        Executable executable = spec.variant(
                "executable",
                ContainerDecoder.EXECUTABLE,
                "- Executable details is required",
                ContainerDecoder::executable);
        List<PortSpec> ports =
                spec.objects("exposedPorts", "PortSpec", DocumentLimits.PORTS_MAX, ContainerDecoder::port);
        if (spec.isMissingOrEmpty("exposedPorts")) {
            spec.violated("exposedPorts", "- Port specifications are needed", "", "");
        }
        List<MountedVolume> volumes =
                spec.objects("volumes", "MountedVolume", DocumentLimits.LIST_MAX, ContainerDecoder::volume);
        List<ConfigSpec> configs = spec.variants("configs", ConfigDecoder.BASE, ConfigDecoder::config);
        JobType type = spec.choice("type", JobType.class, "- Specify if job is a computation or a service");
        LoggingSpec logging = spec.field("logging") == null
                ? LoggingSpec.DEFAULT
                : spec.variant("logging", ContainerDecoder.LOGGING, "", ContainerDecoder::logging);
        List<ResourceRequirement> resources =
                spec.variants("resources", ContainerDecoder.RESOURCE, ContainerDecoder::resource);
        if (spec.isMissingOrEmpty("resources")) {
            spec.violated("resources", "- CPU/Memory requirements must be specified", "", "");
        }
        PlacementPolicy placement =
                spec.variant("placementPolicy", PlacementDecoder.BASE, TreeReader.NOT_NULL, PlacementDecoder::policy);
        List<PlacementPreference> preferences = spec.variants(
                "placementPreferences",
                PlacementDecoder.PREFERENCE,
                DocumentLimits.PREFERENCES_MAX,
                PlacementDecoder::preference);
        CheckSpec healthcheck = spec.object("healthcheck", "CheckSpec", TreeReader.NOT_NULL, CheckDecoder::check);
        CheckSpec readiness = spec.object("readiness", "CheckSpec", TreeReader.NOT_NULL, CheckDecoder::check);
        Map<String, String> tags = spec.map("tags");
        Map<String, String> env = spec.map("env");
        TextRules.tags(spec, "tags", tags);
        TextRules.environment(spec, "env", env);
        List<String> args = spec.texts("args", DocumentLimits.ARGS_MAX);
        List<DeviceSpec> devices = spec.variants("devices", ContainerDecoder.DEVICE, ContainerDecoder::device);
        ExposureSpec exposure = spec.object("exposureSpec", "ExposureSpec", SpecDecoder::exposure);
        PreShutdownSpec preShutdown = spec.field("preShutdown") == null
                ? PreShutdownSpec.NONE
                : spec.object("preShutdown", "PreShutdownSpec", CheckDecoder::preShutdown);
        UserSpec user = spec.object("userSpec", "UserSpec", ContainerDecoder::user);
        new SpecChecks(spec, rules).check(args, placement);
        return spec.build(() -> SpecParts.shared(new AppSpec(
                name,
                version,
                requireNonNull(executable),
                ports,
                volumes,
                configs,
                type,
                requireNonNull(logging),
                resources,
                requireNonNull(placement),
                requireNonNull(healthcheck),
                requireNonNull(readiness),
                tags,
                env,
                args,
                devices,
                exposure,
                requireNonNull(preShutdown),
                user,
                preferences)));
    }

    private static @Nullable ExposureSpec exposure(TreeReader exposure) {
        String vhost = exposure.text("vhost", "- Please provide virtual host name this app will be exposed as");
        TextRules.virtualHost(exposure, "vhost", vhost);
        String portName = exposure.text("portName", "- Name of the port that needs to be exposed");
        ExposureSpec.Mode mode = exposure.choiceOr("mode", ExposureSpec.Mode.class, ExposureSpec.Mode.ALL);
        return exposure.build(() -> new ExposureSpec(vhost, portName, mode));
    }
}
