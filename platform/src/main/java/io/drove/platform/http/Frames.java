package io.drove.platform.http;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsConnection;
import io.helidon.webserver.websocket.WsUpgrader;
import io.helidon.websocket.WsCloseCodes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Upgrades to WebSockets on which a frame with a reserved opcode ends the session with 1002 (RFC 6455, 5.2); Helidon answers it with a page of HTTP. */
final class Frames extends WsUpgrader {
    Frames(WsConfig config) {
        super(config);
    }

    @Override
    public @Nullable ServerConnection upgrade(
            ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
        ServerConnection upgraded = super.upgrade(context, prologue, headers);
        return upgraded instanceof WsConnection socket ? new Socket(socket) : upgraded;
    }

    private record Socket(WsConnection given) implements ServerConnection {
        @Override
        public void handle(Limit limit) {
            try {
                given.handle(limit);
            } catch (IllegalArgumentException reserved) {
                given.close(WsCloseCodes.PROTOCOL_ERROR, "reserved opcode");
                throw new CloseConnectionException("a frame with a reserved opcode", reserved);
            }
        }

        @Override
        public Duration idleTime() {
            return given.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            given.close(interrupt);
        }
    }
}
