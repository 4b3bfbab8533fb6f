package io.drove.executor.agent;

import io.drove.core.agent.AgentInput;
import io.drove.model.Surrogates;
import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.model.wire.FrameException;
import io.drove.model.wire.MessageParts;
import io.drove.model.wire.Numbered;
import io.drove.model.wire.SessionCodec;
import io.drove.platform.fetch.Fetch;
import io.drove.platform.fetch.FetchFailed;
import io.drove.platform.security.ClusterSecret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket to the leader. A dial tries the configured controllers, each time beginning with another, until one accepts; a follower refuses.
 * There is one connection at a time; what belongs to an older one is dropped.
 */
public final class LeaderLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderLink.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final int REASON_MAX = 60;

    private final List<URI> endpoints;
    private final ClusterSecret secret;
    private final String nodeName;
    private final Shared shared;
    private final boolean isSharedOurs;
    private final Consumer<AgentInput> inbox;
    private final Object lock = new Object();
    private @Nullable Connection current;
    private volatile String lastTrouble = "";

    /** What the links of one process may have in common; a process of one executor has one of its own. */
    public record Shared(HttpClient client, SessionCodec codec) {}

    public LeaderLink(List<URI> endpoints, ClusterSecret secret, String nodeName, Consumer<AgentInput> inbox) {
        this(
                endpoints,
                secret,
                nodeName,
                inbox,
                new Shared(
                        HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build(), new SessionCodec()),
                true);
    }

    /** A link that leaves what it shares with others alone when it is closed. */
    public LeaderLink(
            List<URI> endpoints, ClusterSecret secret, String nodeName, Consumer<AgentInput> inbox, Shared shared) {
        this(endpoints, secret, nodeName, inbox, shared, false);
    }

    private LeaderLink(
            List<URI> endpoints,
            ClusterSecret secret,
            String nodeName,
            Consumer<AgentInput> inbox,
            Shared shared,
            boolean isSharedOurs) {
        this.endpoints = List.copyOf(endpoints);
        this.secret = secret;
        this.nodeName = nodeName;
        this.inbox = inbox;
        this.shared = shared;
        this.isSharedOurs = isSharedOurs;
    }

    /** Connects; the inbox is told what came of it. */
    public void dial(long number) {
        Connection connection = new Connection(number);
        synchronized (lock) {
            current = connection;
        }
        Thread.ofVirtual().name("dial-" + number).start(() -> connect(connection));
    }

    private void connect(Connection connection) {
        StringBuilder reasons = new StringBuilder();
        for (int i = 0; i < endpoints.size(); i++) {
            URI endpoint = endpoints.get((int) ((connection.number + i) % endpoints.size()));
            try {
                connection.open(endpoint);
                lastTrouble = "";
                LOG.info("connected controller={}", endpoint);
                return;
            } catch (ExecutionException | TimeoutException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                reasons.append(reasons.isEmpty() ? "" : "; ")
                        .append(endpoint)
                        .append(": ")
                        .append(explained(cause));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        String trouble = reasons.toString();
        // The agent logs each lost connection; the same reason over and over is not worth a line.
        boolean isNews = !trouble.equals(lastTrouble);
        lastTrouble = trouble;
        if (isNews) {
            LOG.warn("no leader found tried={}", trouble);
        }
        inbox.accept(new AgentInput.Disconnected(connection.number, "no leader found"));
    }

    private static String explained(Throwable cause) {
        if (!(cause instanceof WebSocketHandshakeException refused)) {
            return cause.toString();
        }
        int status = refused.getResponse().statusCode();
        return switch (status) {
            case 401 -> "HTTP 401, it knows another cluster secret";
            case 503 -> "HTTP 503, it does not lead";
            default -> "HTTP " + status;
        };
    }

    /** Sends a frame over that connection, or nothing when it is not the present one. */
    public void send(long number, long sequence, ToController frame) {
        Connection connection = of(number);
        if (connection != null) {
            connection.send(shared.codec().writeToController(new Numbered<>(sequence, frame)));
        }
    }

    /** Says goodbye and closes that connection. */
    public void hangUp(long number, String reason) {
        Connection connection = of(number);
        if (connection != null) {
            connection.hangUp(reason);
        }
    }

    private @Nullable Connection of(long number) {
        synchronized (lock) {
            return current != null && current.number == number ? current : null;
        }
    }

    /** Asks the leader over HTTP, as a process of its cluster, for what is no frame. Any status is an answer. */
    HttpResponse<byte[]> ask(String path, Duration patience, int bytesMax) throws FetchFailed, InterruptedException {
        Connection connection;
        synchronized (lock) {
            connection = current;
        }
        URI leader = connection == null ? null : connection.endpoint();
        if (leader == null) {
            throw new FetchFailed("no leader is connected");
        }
        return new Fetch(
                        leader.toString().replaceFirst("/+$", "") + path,
                        "GET",
                        Map.of(ClusterSecret.HEADER, secret.secret().reveal(), ClusterSecret.NODE_HEADER, nodeName),
                        "",
                        new TreeSet<>(),
                        false,
                        new Fetch.Limits(CONNECT_TIMEOUT, patience, bytesMax))
                .run();
    }

    /** Waits until what was sent has left, but not long. */
    void settle() {
        Connection connection;
        synchronized (lock) {
            connection = current;
        }
        if (connection != null) {
            connection.settle();
        }
    }

    /** Cuts the present connection without a word. */
    @Override
    public void close() {
        Connection connection;
        synchronized (lock) {
            connection = current;
            current = null;
        }
        if (connection != null) {
            connection.cut();
        }
        if (isSharedOurs) {
            shared.client().shutdownNow();
        }
    }

    private final class Connection implements WebSocket.Listener {
        private final long number;
        private final MessageParts received = new MessageParts();
        private final SessionCodec.ToExecutorReader frameReader = shared.codec().toExecutorReader();
        private @Nullable WebSocket socket;
        private @Nullable URI opened;
        private boolean isHungUp;
        private CompletableFuture<?> sends = CompletableFuture.completedFuture(null);
        private CompletableFuture<?> farewell = CompletableFuture.completedFuture(null);

        Connection(long number) {
            this.number = number;
        }

        void open(URI endpoint) throws ExecutionException, TimeoutException, InterruptedException {
            synchronized (this) {
                opened = endpoint;
            }
            String base = endpoint.toString().replaceFirst("^http", "ws").replaceFirst("/+$", "");
            CompletableFuture<WebSocket> opening = shared.client()
                    .newWebSocketBuilder()
                    .connectTimeout(CONNECT_TIMEOUT)
                    .header(ClusterSecret.HEADER, secret.secret().reveal())
                    .header(ClusterSecret.NODE_HEADER, nodeName)
                    .header(SessionProtocol.SPEC_DIFFERENCES, "yes")
                    .buildAsync(URI.create(base + SessionProtocol.PATH), this);
            try {
                opening.get(2 * CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                opening.thenAccept(WebSocket::abort);
                throw e;
            }
        }

        /** Whom it leads to, once it is open. */
        synchronized @Nullable URI endpoint() {
            return socket == null ? null : opened;
        }

        @Override
        public void onOpen(WebSocket open) {
            synchronized (this) {
                socket = open;
                if (isHungUp) {
                    open.abort();
                    return;
                }
            }
            inbox.accept(new AgentInput.Connected(number));
            open.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            if (received.size() + part.remaining() > SessionCodec.SPEC_MESSAGE_BYTES_MAX) {
                lost("a message of more than " + SessionCodec.SPEC_MESSAGE_BYTES_MAX + " bytes");
                from.abort();
                return null;
            }
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            if (!last) {
                received.add(bytes);
            } else {
                try {
                    for (Numbered<ToExecutor> frame : frameReader.read(received.whole(bytes))) {
                        inbox.accept(new AgentInput.Received(number, frame.sequence(), frame.frame()));
                    }
                } catch (FrameException e) {
                    lost(String.valueOf(e.getMessage()));
                    from.abort();
                    return null;
                }
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            lost("text, where frames are binary");
            from.abort();
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            lost("closed by the leader: " + status + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            lost(failure.toString());
        }

        private void lost(String reason) {
            inbox.accept(new AgentInput.Disconnected(number, reason));
        }

        /** One frame after another, as the WebSocket wants it. */
        synchronized void send(byte[] frame) {
            WebSocket open = socket;
            if (open == null || isHungUp) {
                return;
            }
            sends = sends.thenCompose(ignored -> open.sendBinary(ByteBuffer.wrap(frame), true))
                    .whenComplete((ignored, failure) -> {
                        if (failure == null) {
                            inbox.accept(new AgentInput.Sent(number));
                        } else {
                            lost(failure.toString());
                        }
                    });
        }

        synchronized void hangUp(String reason) {
            isHungUp = true;
            WebSocket open = socket;
            if (open == null) {
                return;
            }
            String shortReason = Surrogates.cut(reason, REASON_MAX);
            farewell = sends.thenCompose(ignored -> open.sendClose(WebSocket.NORMAL_CLOSURE, shortReason))
                    .orTimeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((ignored, failure) -> open.abort());
        }

        synchronized void cut() {
            isHungUp = true;
            if (socket != null) {
                socket.abort();
            }
        }

        void settle() {
            CompletableFuture<?> last;
            synchronized (this) {
                last = farewell;
            }
            last.exceptionally(failure -> null).join();
        }
    }
}
