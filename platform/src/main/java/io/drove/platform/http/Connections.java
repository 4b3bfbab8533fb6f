package io.drove.platform.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.helidon.webserver.websocket.WsConfig;
import java.util.Set;

/** Helidon's HTTP/1.1 and WebSockets, each connection in the care of a {@link Connection}. */
final class Connections implements ServerConnectionSelector {
    private final Accepted accepted;
    private final Terms terms;
    private final Http1ConnectionSelector http;

    Connections(Accepted accepted, Terms terms, WsConfig frames) {
        this.accepted = accepted;
        this.terms = terms;
        this.http = Http1ConnectionSelector.builder()
                .config(Http1Config.builder().addReceiveListener(new Progress()).build())
                .addUpgrader(new Frames(frames))
                .build();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new Connection(http, context, accepted.take(context), terms);
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

    /** Tells what is read how far a request has come. */
    private static final class Progress implements Http1ConnectionListener {
        @Override
        public void prologue(ConnectionContext context, HttpPrologue prologue) {
            ((TimedContext) context)
                    .connection()
                    .inbound()
                    .headFollows(prologue.uriPath().rawPath());
        }

        @Override
        public void headers(ConnectionContext context, Headers headers) {
            ((TimedContext) context).connection().inbound().bodyFollows();
        }
    }
}
