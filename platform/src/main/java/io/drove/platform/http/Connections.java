package io.drove.platform.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** Helidon's HTTP/1.1, each connection of it in the care of a {@link Connection}. */
record Connections(Http1ConnectionSelector http, Accepted accepted) implements ServerConnectionSelector {
    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new Connection(http.connection(context), accepted.take(context));
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }
}
