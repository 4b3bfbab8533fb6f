package io.drove.controller.link;

import static java.util.Objects.requireNonNull;

import io.drove.model.Surrogates;
import io.drove.model.session.SessionProtocol;
import io.drove.model.wire.FrameException;
import io.drove.model.wire.MessageParts;
import io.drove.model.wire.SessionCodec;
import io.drove.model.wire.SessionMessage;
import io.drove.platform.http.ErrorAnswers;
import io.drove.platform.security.ClusterSecret;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.websocket.WsCloseCodes;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One executor's WebSocket: lets in who knows the cluster's secret, reads frames, and writes them on a thread of its own. */
public final class SessionSocket implements WsListener {
    private static final Logger LOG = LoggerFactory.getLogger(SessionSocket.class);
    private static final HeaderName SECRET = HeaderNames.create(ClusterSecret.HEADER);
    private static final HeaderName SPEC_DIFFERENCES = HeaderNames.create(SessionProtocol.SPEC_DIFFERENCES);
    // The reason in a close frame has 123 bytes at the most (RFC 6455, 5.5).
    private static final int REASON_MAX = 100;

    private final Sessions sessions;
    private final SessionCodec codec;
    private final ClusterSecret secret;
    /** Chosen before the thread is started that uses it. */
    private SessionCodec.ToExecutorWriter frameWriter;

    private final MessageParts received = new MessageParts();
    private volatile @Nullable Session session;
    private volatile @Nullable Thread writer;
    private volatile boolean isReady;
    private volatile boolean isGone;

    public SessionSocket(Sessions sessions, SessionCodec codec, ClusterSecret secret) {
        this.sessions = sessions;
        this.codec = codec;
        this.frameWriter = codec::writeToExecutor;
        this.secret = secret;
    }

    @Override
    public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) {
        if (!secret.matches(headers.first(SECRET).orElse(null))) {
            throw ErrorAnswers.upgradeRefused(
                    Status.UNAUTHORIZED_401, "the header " + ClusterSecret.HEADER + " must carry the cluster's secret");
        }
        if (!sessions.isLed()) {
            // Before anything is made for it: thousands may ask again and again until this controller leads.
            throw ErrorAnswers.upgradeRefused(Status.SERVICE_UNAVAILABLE_503, Sessions.Refusal.NOT_LEADER.message());
        }
        if (headers.contains(SPEC_DIFFERENCES)) {
            frameWriter = codec.toExecutorWriter();
        }
        return Optional.empty();
    }

    @Override
    public void onOpen(WsSession socket) {
        session = sessions.open(this::wake);
        Thread thread = Thread.ofVirtual().name("session-writer").unstarted(() -> write(socket));
        writer = thread;
        thread.start();
    }

    @Override
    public void onMessage(WsSession socket, BufferData part, boolean last) {
        Session to = requireNonNull(session);
        byte[] bytes = part.readBytes();
        if (received.size() + bytes.length > SessionProtocol.FRAME_BYTES_MAX) {
            fail("a message of more than " + SessionProtocol.FRAME_BYTES_MAX + " bytes");
            return;
        }
        if (!last) {
            received.add(bytes);
            return;
        }
        try {
            codec.readToController(received.whole(bytes)).forEach(to::receive);
        } catch (FrameException malformed) {
            fail(String.valueOf(malformed.getMessage()));
        }
    }

    @Override
    public void onMessage(WsSession socket, String part, boolean last) {
        fail("text, where frames are binary");
    }

    private void fail(String why) {
        LOG.warn("executor's frame refused why={}", why);
        requireNonNull(session).fail(why);
    }

    @Override
    public void onClose(WsSession socket, int status, String reason) {
        gone("closed by the executor: " + status + " " + reason);
    }

    @Override
    public void onError(WsSession socket, Throwable failure) {
        gone(failure.toString());
    }

    private void gone(String reason) {
        isGone = true;
        Session ended = session;
        if (ended != null) {
            ended.disconnected(reason);
        }
        wake();
    }

    private void wake() {
        // Whoever calls has changed the session before, under its lock; the writer clears the flag before it
        // polls under that lock, so that one found set is still to be cleared.
        if (!isReady) {
            isReady = true;
            LockSupport.unpark(writer);
        }
    }

    private void write(WsSession socket) {
        Session from = requireNonNull(session);
        SessionMessage message = new SessionMessage();
        try {
            while (!isGone) {
                switch (from.poll()) {
                    case Outgoing.Frame frame -> {
                        byte[] bytes = frameWriter.write(frame.frame());
                        if (!message.hasRoomFor(bytes)) {
                            send(socket, message);
                        }
                        message.add(bytes);
                    }
                    case Outgoing.End end -> {
                        send(socket, message);
                        close(socket, end.reason());
                        return;
                    }
                    case Outgoing.Idle _ -> {
                        send(socket, message);
                        awaitWork();
                    }
                }
            }
        } catch (RuntimeException broken) {
            // Whatever breaks this thread ends the session, or the executor would wait for orders that never come. Both
            // sides hanging up at once is a
            // common cause: the server answers a close on a thread of its own.
            gone(broken.toString());
        }
    }

    private static void send(WsSession socket, SessionMessage message) {
        if (!message.isEmpty()) {
            socket.send(BufferData.create(message.take()), true);
        }
    }

    private void awaitWork() {
        while (!isReady && !isGone) {
            LockSupport.park(this);
        }
        isReady = false;
    }

    private static void close(WsSession socket, String reason) {
        socket.close(WsCloseCodes.NORMAL_CLOSE, Surrogates.cut(reason, REASON_MAX));
    }
}
