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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CreateRequestTest {
    @Test
    void ports_are_open_where_they_are_told_to_be_and_always_on_loopback_for_checks() {
        assertThat(hostIps("127.0.0.1")).containsExactly("127.0.0.1");
        assertThat(hostIps("10.1.2.3")).containsExactly("127.0.0.1", "10.1.2.3");
        assertThat(hostIps("0.0.0.0")).containsExactly("");
        assertThat(hostIps("::")).containsExactly("");
    }

    @Test
    void two_names_of_one_port_of_the_container_have_a_host_port_each() {
        JsonNode bindings = bindings(
                "127.0.0.1",
                new PortBinding("main", 8080, 20_001, PortType.HTTP),
                new PortBinding("admin", 8080, 20_002, PortType.TCP));

        assertThat(bindings.valueStream()
                        .map(binding -> binding.path("HostPort").asString()))
                .containsExactly("20001", "20002");
    }

    private static List<String> hostIps(String address) {
        List<String> found = new ArrayList<>();
        for (JsonNode binding : bindings(address, new PortBinding("main", 8080, 20_001, PortType.HTTP))) {
            assertThat(binding.path("HostPort").asString()).isEqualTo("20001");
            found.add(binding.path("HostIp").asString());
        }
        return found;
    }

    private static JsonNode bindings(String address, PortBinding... ports) {
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
                1_024,
                LoggingSpec.DEFAULT,
                "tag",
                List.of(),
                null);
        return JsonMapper.shared()
                .readTree(CreateRequest.of(JsonMapper.shared(), container, true))
                .at("/HostConfig/PortBindings/8080~1tcp");
    }
}
