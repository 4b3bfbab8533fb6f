package io.drove.model.wire;

import io.drove.model.container.DeviceSpec;
import io.drove.model.container.DeviceSpec.Permissions;
import io.drove.model.container.Executable;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.MountedVolume;
import io.drove.model.container.PortSpec;
import io.drove.model.container.PortType;
import io.drove.model.container.PullPolicy;
import io.drove.model.container.UserSpec;
import io.drove.model.resource.ResourceRequirement;
import io.drove.model.time.TimeSpan;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a container is made of, except for its config files (reference 4.4, 4.8). */
final class ContainerDecoder {
    static final String EXECUTABLE = "ExecutableCoordinates";
    static final String LOGGING = "LoggingSpec";
    static final String RESOURCE = "ResourceRequirement";
    static final String DEVICE = "DeviceSpec";

    private static final List<String> EXECUTABLES = List.of("DOCKER");
    private static final List<String> LOGGINGS = List.of("LOCAL", "RSYSLOG");
    private static final List<String> RESOURCES = List.of("CPU", "MEMORY");
    private static final List<String> DEVICES = List.of("DETAILED", "DIRECT");
    private static final Range PORTS =
            Range.of(1, 65_535).saying("- Port cannot be negative or 0", "- Port cannot be more than 65K");
    private static final Range LOG_FILES = Range.of(1, 100)
            .saying("- At least one log will be present, so min value is 1", "- Maximum 100 log files can be retained");
    private static final Pattern LOG_SIZE =
            Pattern.compile("-1|\\d{1,15}(\\.\\d{1,9})?\\s?([kmgt]i?)?b?", Pattern.CASE_INSENSITIVE);

    private ContainerDecoder() {}

    static @Nullable Executable executable(TreeReader executable) {
        if (executable.type(EXECUTABLE, EXECUTABLES, "DOCKER").isEmpty()) {
            return null;
        }
        String url = executable.text("url", "- Specify url for container");
        TextRules.image(executable, "url", url);
        TimeSpan pullTimeout = executable.span("dockerPullTimeout", "- Specify container fetch (docker pull) timeout");
        PullPolicy pullPolicy = executable.choiceOr("pullPolicy", PullPolicy.class, PullPolicy.BY_TAG);
        return executable.build(() -> new Executable.Docker(url, pullTimeout, pullPolicy));
    }

    static @Nullable PortSpec port(TreeReader port) {
        String name = port.text(
                "name",
                "- Specify a human readable name for the port."
                        + " This will be used as key in health-check/readiness checks etc");
        Names.check(port, "name", name);
        int number = port.whole("port", 0, PORTS);
        PortType type = port.choice("type", PortType.class, "- Please specify port type [HTTP/TCP/UDP]");
        return port.build(() -> new PortSpec(name, number, type));
    }

    static @Nullable MountedVolume volume(TreeReader volume) {
        String pathInContainer = volume.text("pathInContainer", "- Provide mount path inside container");
        String pathOnHost = volume.text("pathOnHost", "- Provide host directory to mount");
        TextRules.mountPath(volume, "pathInContainer", pathInContainer);
        TextRules.mountPath(volume, "pathOnHost", pathOnHost);
        MountedVolume.Mode mode =
                volume.choice("mode", MountedVolume.Mode.class, "- Specify whether mount is read-only or read-write");
        return volume.build(() -> new MountedVolume(pathInContainer, pathOnHost, mode));
    }

    static @Nullable LoggingSpec logging(TreeReader logging) {
        return switch (logging.type(LOGGING, LOGGINGS, "")) {
            case "LOCAL" -> localLogging(logging);
            case "RSYSLOG" -> {
                String server = logging.text("server", "- Rsyslog server url should be passed here");
                String prefix = logging.textOrNull("tagPrefix");
                String suffix = logging.textOrNull("tagSuffix");
                yield logging.build(() -> new LoggingSpec.Rsyslog(server, prefix, suffix));
            }
            case String _ -> null;
        };
    }

    private static @Nullable LoggingSpec localLogging(TreeReader logging) {
        String phrase = "- Specify max size of logs. Use 10m, 1g etc. Files bigger than this will be rotated";
        String maxSize = logging.text("maxSize", phrase);
        if (!maxSize.isEmpty() && !LOG_SIZE.matcher(maxSize).matches()) {
            logging.violated("maxSize", phrase, Coercion.shorten(maxSize), "a number with k, m or g");
        }
        int maxFiles = logging.whole("maxFiles", 0, LOG_FILES);
        boolean compress = logging.flag("compress", false);
        return logging.build(() -> new LoggingSpec.Local(maxSize, maxFiles, compress));
    }

    static @Nullable ResourceRequirement resource(TreeReader resource) {
        return switch (resource.type(RESOURCE, RESOURCES, "")) {
            case "CPU" -> {
                long count = resource.number("count", 0, Range.ofLong(0, DocumentLimits.CORES_MAX));
                yield resource.build(() -> new ResourceRequirement.Cpu(count));
            }
            case "MEMORY" -> {
                long size = resource.number("sizeInMB", 0, Range.ofLong(0, DocumentLimits.MEMORY_MB_MAX));
                yield resource.build(() -> new ResourceRequirement.Memory(size));
            }
            case String _ -> null;
        };
    }

    static @Nullable DeviceSpec device(TreeReader device) {
        return switch (device.type(DEVICE, DEVICES, "")) {
            case "DIRECT" -> {
                String pathOnHost = device.text("pathOnHost", TreeReader.NOT_EMPTY);
                String pathInContainer = device.textOrNull("pathInContainer");
                Permissions permissions = device.choiceOr("permissions", Permissions.class, Permissions.ALL);
                yield device.build(() -> new DeviceSpec.Direct(pathOnHost, pathInContainer, permissions));
            }
            case "DETAILED" -> {
                String driver = device.textOrNull("driver");
                // Docker reads -1 as "all".
                int count = device.whole("count", 0, Range.of(-1, 1024));
                List<String> ids = device.texts("deviceIds", DocumentLimits.LIST_MAX);
                List<List<String>> capabilities = device.textLists("capabilities");
                Map<String, String> options = device.map("options");
                yield device.build(() -> new DeviceSpec.Detailed(driver, count, ids, capabilities, options));
            }
            case String _ -> null;
        };
    }

    static @Nullable UserSpec user(TreeReader user) {
        String name = user.text("user", TreeReader.NOT_EMPTY);
        String group = user.textOrNull("group");
        TextRules.user(user, "user", name);
        TextRules.user(user, "group", group == null ? "" : group);
        return user.build(() -> new UserSpec(name, group));
    }
}
