package io.drove.executor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.container.DeviceSpec;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.MountedVolume;
import io.drove.model.container.PortType;
import io.drove.model.container.UserSpec;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.CoreSet;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CreateRequestTest {
    private static final PortBinding MAIN = new PortBinding("main", 8080, 20_001, PortType.HTTP);
    private static final ContainerLimits LIMITS = new ContainerLimits(1_024, OptionalLong.empty());

    @Test
    void ports_are_open_where_they_are_told_to_be_and_always_on_loopback_for_checks() {
        assertThat(hostIps("127.0.0.1")).containsExactly("127.0.0.1");
        assertThat(hostIps("10.1.2.3")).containsExactly("127.0.0.1", "10.1.2.3");
        assertThat(hostIps("0.0.0.0")).containsExactly("");
        assertThat(hostIps("::")).containsExactly("");
    }

    @Test
    void limits_are_set_as_far_as_they_are_ours_to_set() {
        assertThat(limits(new ContainerLimits(1_024, OptionalLong.empty()))).containsExactly("nofile 1024 1024");
        assertThat(limits(new ContainerLimits(1_024, OptionalLong.of(2_048))))
                .containsExactly("nofile 1024 1024", "nproc 2048 2048");
    }

    private static List<String> limits(ContainerLimits given) {
        List<String> found = new ArrayList<>();
        for (JsonNode limit : body("127.0.0.1", given, MAIN).at("/HostConfig/Ulimits")) {
            found.add(limit.path("Name").asString() + " " + limit.path("Soft").asLong() + " "
                    + limit.path("Hard").asLong());
        }
        return found;
    }

    private static List<String> hostIps(String address) {
        List<String> found = new ArrayList<>();
        for (JsonNode binding : bindings(address, MAIN)) {
            assertThat(binding.path("HostPort").asString()).isEqualTo("20001");
            found.add(binding.path("HostIp").asString());
        }
        return found;
    }

    @Test
    void two_names_of_one_port_of_the_container_have_a_host_port_each() {
        JsonNode bindings = bindings("127.0.0.1", MAIN, new PortBinding("admin", 8080, 20_002, PortType.TCP));

        assertThat(bindings.valueStream()
                        .map(binding -> binding.path("HostPort").asString()))
                .containsExactly("20001", "20002");
    }

    private static JsonNode bindings(String address, PortBinding... ports) {
        return body(address, LIMITS, ports).at("/HostConfig/PortBindings/8080~1tcp");
    }

    @Test
    void all_that_a_spec_can_ask_for_is_asked_of_the_engine() {
        ContainerDescription container = new ContainerDescription(
                "web-1-AI-1",
                "web:1",
                List.of("--verbose", "a b"),
                new TreeMap<>(Map.of("A", "1", "EMPTY", "")),
                Map.of("drove.instance.id", "AI-1"),
                List.of(MAIN, new PortBinding("dns", 53, 20_002, PortType.UDP)),
                PublishedOn.of(InetAddress.ofLiteral("127.0.0.1")),
                List.of(
                        new MountedVolume("/data", "/mnt/web", MountedVolume.Mode.READ_WRITE),
                        new MountedVolume("/etc/web", "/etc/shared", MountedVolume.Mode.READ_ONLY)),
                CoreSet.of(0, 2),
                OptionalInt.of(1),
                64L << 20,
                new ContainerLimits(1_024, OptionalLong.empty()),
                new LoggingSpec.Rsyslog("udp://127.0.0.1:514", "before-", "-after"),
                "AI-1",
                List.of(
                        new DeviceSpec.Direct("/dev/kvm", null, DeviceSpec.Permissions.READ_WRITE),
                        new DeviceSpec.Direct("/dev/null", "/dev/none", DeviceSpec.Permissions.ALL),
                        new DeviceSpec.Detailed(
                                "nvidia",
                                2,
                                List.of("GPU-1", "GPU-2"),
                                List.of(List.of("gpu", "compute")),
                                Map.of("mode", "fast"))),
                new UserSpec("1000", "100"));

        assertThat(json(container)).isEqualTo(JsonMapper.shared().readTree("""
                {
                  "Image": "web:1",
                  "Cmd": ["--verbose", "a b"],
                  "User": "1000:100",
                  "Env": ["A=1", "EMPTY="],
                  "Labels": {"drove.instance.id": "AI-1"},
                  "ExposedPorts": {"8080/tcp": {}, "53/udp": {}},
                  "HostConfig": {
                    "Memory": 67108864,
                    "CpusetCpus": "0,2",
                    "CpusetMems": "1",
                    "PortBindings": {
                      "8080/tcp": [{"HostIp": "127.0.0.1", "HostPort": "20001"}],
                      "53/udp": [{"HostIp": "127.0.0.1", "HostPort": "20002"}]
                    },
                    "Binds": ["/mnt/web:/data:rw", "/etc/shared:/etc/web:ro"],
                    "Ulimits": [{"Name": "nofile", "Soft": 1024, "Hard": 1024}],
                    "LogConfig": {
                      "Type": "syslog",
                      "Config": {
                        "syslog-address": "udp://127.0.0.1:514",
                        "syslog-facility": "daemon",
                        "tag": "before-AI-1-after",
                        "mode": "non-blocking",
                        "max-buffer-size": "10m"
                      }
                    },
                    "Devices": [
                      {"PathOnHost": "/dev/kvm", "PathInContainer": "/dev/kvm", "CgroupPermissions": "rw"},
                      {"PathOnHost": "/dev/null", "PathInContainer": "/dev/none", "CgroupPermissions": "rwm"}
                    ],
                    "DeviceRequests": [
                      {
                        "Driver": "nvidia",
                        "Count": 2,
                        "DeviceIDs": ["GPU-1", "GPU-2"],
                        "Capabilities": [["gpu", "compute"]],
                        "Options": {"mode": "fast"}
                      }
                    ]
                  }
                }
                """));
    }

    @Test
    void a_user_without_a_group_keeps_the_image_s_and_no_user_is_the_image_s() {
        assertThat(json(container("127.0.0.1", LIMITS, new UserSpec("web", null), LoggingSpec.DEFAULT))
                        .path("User")
                        .asString())
                .isEqualTo("web");
        assertThat(json(container("127.0.0.1", LIMITS, null, LoggingSpec.DEFAULT))
                        .has("User"))
                .isFalse();
    }

    @Test
    void output_is_kept_in_files_that_are_compressed_only_where_there_are_older_ones() {
        assertThat(logConfig(new LoggingSpec.Local("5m", 2, true))).isEqualTo("json-file 5m 2 true non-blocking");
        assertThat(logConfig(new LoggingSpec.Local("5m", 1, true))).isEqualTo("json-file 5m 1 false non-blocking");
    }

    private static String logConfig(LoggingSpec logging) {
        JsonNode log = json(container("127.0.0.1", LIMITS, null, logging)).at("/HostConfig/LogConfig");
        JsonNode config = log.path("Config");
        return String.join(
                " ",
                log.path("Type").asString(),
                config.path("max-size").asString(),
                config.path("max-file").asString(),
                config.path("compress").asString(),
                config.path("mode").asString());
    }

    private static JsonNode body(String address, ContainerLimits limits, PortBinding... ports) {
        return json(container(address, limits, null, LoggingSpec.DEFAULT, ports));
    }

    private static ContainerDescription container(
            String address,
            ContainerLimits limits,
            @Nullable UserSpec user,
            LoggingSpec logging,
            PortBinding... ports) {
        return new ContainerDescription(
                "web-1-AI-1",
                "web:1",
                List.of(),
                Map.of(),
                Map.of(),
                List.of(ports),
                PublishedOn.of(InetAddress.ofLiteral(address)),
                List.of(),
                CoreSet.of(0),
                OptionalInt.empty(),
                64L << 20,
                limits,
                logging,
                "tag",
                List.of(),
                user);
    }

    private static JsonNode json(ContainerDescription container) {
        return JsonMapper.shared().readTree(CreateRequest.of(JsonMapper.shared(), container, true));
    }
}
