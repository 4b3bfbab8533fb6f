package io.drove.executor.container;

import io.drove.model.container.DeviceSpec;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.MountedVolume;
import io.drove.model.container.PortType;
import io.drove.model.container.UserSpec;
import io.drove.model.instance.PortBinding;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of the engine's create call (reference 5.5, without its defects: UDP is UDP, the cpuset is always set). */
final class CreateRequest {
    private final JsonMapper json;
    private final ContainerDescription container;
    private final boolean hasMemoryNode;

    private CreateRequest(JsonMapper json, ContainerDescription container, boolean hasMemoryNode) {
        this.json = json;
        this.container = container;
        this.hasMemoryNode = hasMemoryNode;
    }

    /** {@code hasMemoryNode} false leaves the NUMA node out, for kernels that do not know it. */
    static String of(JsonMapper json, ContainerDescription container, boolean hasMemoryNode) {
        return new CreateRequest(json, container, hasMemoryNode).body().toString();
    }

    private ObjectNode body() {
        ObjectNode body = json.createObjectNode();
        body.put("Image", container.image());
        if (!container.args().isEmpty()) {
            ArrayNode command = body.putArray("Cmd");
            container.args().forEach(command::add);
        }
        UserSpec user = container.user();
        if (user != null) {
            body.put("User", user.group() == null ? user.user() : user.user() + ":" + user.group());
        }
        ArrayNode env = body.putArray("Env");
        container.env().forEach((name, value) -> env.add(name + "=" + value));
        ObjectNode labels = body.putObject("Labels");
        container.labels().forEach(labels::put);
        ObjectNode exposed = body.putObject("ExposedPorts");
        container.ports().forEach(port -> exposed.putObject(portKey(port)));
        body.set("HostConfig", hostConfig());
        return body;
    }

    private ObjectNode hostConfig() {
        ObjectNode host = json.createObjectNode();
        host.put("Memory", container.memoryBytes());
        host.put("CpusetCpus", container.cores().toString());
        if (hasMemoryNode) {
            container.memoryNode().ifPresent(node -> host.put("CpusetMems", Integer.toString(node)));
        }
        ObjectNode ports = host.putObject("PortBindings");
        for (PortBinding port : container.ports()) {
            ArrayNode places = ports.withArrayProperty(portKey(port));
            for (String address : container.publishedOn().addresses()) {
                places.addObject().put("HostIp", address).put("HostPort", Integer.toString(port.hostPort()));
            }
        }
        ArrayNode binds = host.putArray("Binds");
        for (MountedVolume volume : container.volumes()) {
            String mode = volume.mode() == MountedVolume.Mode.READ_ONLY ? "ro" : "rw";
            binds.add(volume.pathOnHost() + ":" + volume.pathInContainer() + ":" + mode);
        }
        ArrayNode limits = host.putArray("Ulimits");
        limit(limits, "nofile", container.limits().openFiles());
        container.limits().processes().ifPresent(processes -> limit(limits, "nproc", processes));
        host.set("LogConfig", logConfig());
        devices(host);
        return host;
    }

    private static void limit(ArrayNode limits, String name, long most) {
        limits.addObject().put("Name", name).put("Soft", most).put("Hard", most);
    }

    private ObjectNode logConfig() {
        ObjectNode log = json.createObjectNode();
        ObjectNode config = json.createObjectNode();
        switch (container.logging()) {
            case LoggingSpec.Local local -> {
                log.put("Type", "json-file");
                config.put("max-size", local.maxSize());
                config.put("max-file", Integer.toString(local.maxFiles()));
                // The engine refuses to compress when there is nothing to rotate.
                config.put("compress", Boolean.toString(local.compress() && local.maxFiles() > 1));
            }
            case LoggingSpec.Rsyslog syslog -> {
                log.put("Type", "syslog");
                config.put("syslog-address", syslog.server());
                config.put("syslog-facility", "daemon");
                config.put("tag", orEmpty(syslog.tagPrefix()) + container.syslogTag() + orEmpty(syslog.tagSuffix()));
            }
        }
        config.put("mode", "non-blocking");
        config.put("max-buffer-size", "10m");
        log.set("Config", config);
        return log;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private void devices(ObjectNode host) {
        ArrayNode direct = host.putArray("Devices");
        ArrayNode requests = host.putArray("DeviceRequests");
        for (DeviceSpec device : container.devices()) {
            switch (device) {
                case DeviceSpec.Direct node -> {
                    String inside = node.pathInContainer();
                    direct.addObject()
                            .put("PathOnHost", node.pathOnHost())
                            .put("PathInContainer", inside == null ? node.pathOnHost() : inside)
                            .put("CgroupPermissions", node.permissions().engineText());
                }
                case DeviceSpec.Detailed detailed -> {
                    ObjectNode request = requests.addObject();
                    String driver = detailed.driver();
                    if (driver != null) {
                        request.put("Driver", driver);
                    }
                    request.put("Count", detailed.count());
                    ArrayNode ids = request.putArray("DeviceIDs");
                    detailed.deviceIds().forEach(ids::add);
                    ArrayNode capabilities = request.putArray("Capabilities");
                    detailed.capabilities().forEach(all -> {
                        ArrayNode some = capabilities.addArray();
                        all.forEach(some::add);
                    });
                    ObjectNode options = request.putObject("Options");
                    detailed.options().forEach(options::put);
                }
            }
        }
    }

    private static String portKey(PortBinding port) {
        return port.containerPort() + (port.type() == PortType.UDP ? "/udp" : "/tcp");
    }
}
