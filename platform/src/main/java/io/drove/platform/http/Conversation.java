package io.drove.platform.http;

import static java.util.Objects.requireNonNull;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.SocketContext;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket's listener, with what Helidon leaves out: it is told of every end, also when the connection just breaks, and when it closes its
 * session, the connection ends soon, whether or not the other side says goodbye too.
 */
final class Conversation implements WsListener {
    private final WsListener listener;
    private @Nullable WsSession session;
    private boolean isEndTold;

    Conversation(WsListener listener) {
        this.listener = listener;
    }

    @Override
    public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) throws WsUpgradeException {
        return listener.onHttpUpgrade(prologue, headers);
    }

    @Override
    public void onOpen(WsSession given) {
        Connection connection = ((TimedContext) given.socketContext()).connection();
        WsSession opened = new EndingSession(given, connection);
        session = opened;
        connection.converse(this);
        listener.onOpen(opened);
    }

    @Override
    public void onMessage(WsSession given, String text, boolean last) {
        listener.onMessage(session(), text, last);
    }

    @Override
    public void onMessage(WsSession given, BufferData data, boolean last) {
        listener.onMessage(session(), data, last);
    }

    @Override
    public void onPing(WsSession given, BufferData data) {
        listener.onPing(session(), data);
    }

    @Override
    public void onPong(WsSession given, BufferData data) {
        listener.onPong(session(), data);
    }

    @Override
    public void onClose(WsSession given, int status, String reason) {
        isEndTold = true;
        listener.onClose(session(), status, reason);
    }

    @Override
    public void onError(WsSession given, Throwable failure) {
        isEndTold = true;
        listener.onError(session(), failure);
    }

    /** The connection is over; called by its thread. */
    void ended(Throwable why) {
        if (!isEndTold) {
            isEndTold = true;
            listener.onError(session(), why);
        }
    }

    private WsSession session() {
        return requireNonNull(session, "not open");
    }

    /** A session whose close is followed by the connection's end. */
    private record EndingSession(WsSession given, Connection connection) implements WsSession {
        /** Larger messages go in pieces: Helidon keeps, for each connection, a buffer twice as large as the largest that was sent. */
        private static final int PIECE_BYTES = 4 << 10;

        @Override
        public WsSession send(String text, boolean last) {
            given.send(text, last);
            return this;
        }

        @Override
        public WsSession send(BufferData data, boolean last) {
            while (data.available() > PIECE_BYTES) {
                byte[] piece = new byte[PIECE_BYTES];
                data.read(piece);
                given.send(BufferData.create(piece), false);
            }
            given.send(data, last);
            return this;
        }

        @Override
        public WsSession ping(BufferData data) {
            given.ping(data);
            return this;
        }

        @Override
        public WsSession pong(BufferData data) {
            given.pong(data);
            return this;
        }

        @Override
        public WsSession close(int code, String reason) {
            try {
                given.close(code, reason);
            } finally {
                connection.endSoon();
            }
            return this;
        }

        @Override
        public WsSession terminate() {
            return given.terminate();
        }

        @Override
        public Optional<String> subProtocol() {
            return given.subProtocol();
        }

        @Override
        public SocketContext socketContext() {
            return given.socketContext();
        }
    }
}
