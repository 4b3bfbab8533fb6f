package io.drove.dist.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TakenPortsTest {
    @Test
    void a_taken_port_is_named_with_its_purpose_and_the_process_that_holds_it() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();

            assertThat(TakenPorts.among(Map.of(port, "controller API")))
                    .singleElement()
                    .asString()
                    .startsWith("port " + port + " (controller API) is taken by process "
                            + ProcessHandle.current().pid() + " (");
        }
    }

    @Test
    void a_free_port_is_not_named() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(TakenPorts.among(Map.of(port, "raft"))).isEmpty();
    }

    @Test
    void all_ports_move_by_the_offset() {
        assertThat(new DevPorts(0).purposes().keySet()).containsExactly(10_000, 10_001, 10_002, 11_000, 11_001);
        assertThat(new DevPorts(700).purposes().keySet()).containsExactly(10_700, 10_701, 10_702, 11_700, 11_701);
    }

    @Test
    void instances_of_neighbouring_clusters_have_ports_of_their_own() {
        assertThat(new DevPorts(0).firstHostPort()).isEqualTo(20_000);
        assertThat(new DevPorts(100).firstHostPort()).isGreaterThan(new DevPorts(0).lastHostPort());
        assertThat(new DevPorts(2_300).lastHostPort()).isLessThan(32_768);
    }
}
