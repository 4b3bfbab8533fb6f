package io.drove.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class AcceptedTest {
    @Test
    void what_is_written_to_a_connection_does_not_wait_for_acknowledgements() throws Exception {
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel _ = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept()) {
            new Accepted().configureSocket(accepted);

            assertThat(accepted.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
        }
    }
}
