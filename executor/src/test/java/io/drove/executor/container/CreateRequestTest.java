package io.drove.executor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.container.LoggingSpec;
import io.drove.model.container.PortType;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.CoreSet;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CreateRequestTest {
    private static final PortBinding MAIN = new PortBinding("main", 8080, 20_001, PortType.HTTP);

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
        return body(address, new ContainerLimits(1_024, OptionalLong.empty()), ports)
                .at("/HostConfig/PortBindings/8080~1tcp");
    }

    private static JsonNode body(String address, ContainerLimits limits, PortBinding... ports) {
        ContainerDescription container = new ContainerDescription(
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
                LoggingSpec.DEFAULT,
                "tag",
                List.of(),
                null);
        return JsonMapper.shared().readTree(CreateRequest.of(JsonMapper.shared(), container, true));
    }
}
