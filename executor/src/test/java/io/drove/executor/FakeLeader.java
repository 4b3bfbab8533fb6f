package io.drove.executor;

import io.drove.model.id.ClusterId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.model.wire.Numbered;
import io.drove.model.wire.SessionCodec;
import io.drove.platform.http.HttpServer;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.Secret;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A leader that says yes to everybody with the secret, and keeps what it is told. */
final class FakeLeader implements AutoCloseable {
    static final ClusterSecret SECRET = new ClusterSecret(new Secret("test-secret"));
    static final ClusterId CLUSTER = new ClusterId("executor-test");

    final Map<InstanceId, InstanceReport> instances = new ConcurrentHashMap<>();
    final CopyOnWriteArrayList<ToController> frames = new CopyOnWriteArrayList<>();
    final CopyOnWriteArrayList<InstanceState> states = new CopyOnWriteArrayList<>();

    private final SessionCodec codec = new SessionCodec();
    private SessionCodec.ToExecutorWriter writer = codec::writeToExecutor;
    private final HttpServer server;
    private final long epoch;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean takesDifferences;
    private @Nullable WsSession session;
    private long sequence;
    private long order;

    FakeLeader(int port, long epoch) {
        this.epoch = epoch;
        server = HttpServer.builder("fake-leader")
                .bind("127.0.0.1", port)
                .webSocket(SessionProtocol.PATH, Listener::new)
                .start();
        heart.scheduleAtFixedRate(() -> say(new ToExecutor.Heartbeat(epoch)), 1, 1, TimeUnit.SECONDS);
    }

    int port() {
        return server.port();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Whether who dialled last takes specs by their difference. */
    boolean takesDifferences() {
        return takesDifferences;
    }

    long nextOrder() {
        return ++order;
    }

    /** Every other one in two parts. */
    synchronized void say(ToExecutor frame) {
        WsSession open = session;
        if (open != null) {
            byte[] bytes = writer.write(new Numbered<>(++sequence, frame));
            int first = sequence % 2 == 0 ? 0 : bytes.length / 2;
            if (first > 0) {
                open.send(BufferData.create(Arrays.copyOf(bytes, first)), false);
            }
            open.send(BufferData.create(Arrays.copyOfRange(bytes, first, bytes.length)), true);
        }
    }

    InstanceReport await(InstanceId id, InstanceState state) {
        return Awaitility.await(id + " to be " + state)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> instances.get(id), report -> report != null && report.state() == state);
    }

    void awaitSession() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> frames.stream().anyMatch(f -> f instanceof ToController.Snapshot s && s.last()));
    }

    @Override
    public void close() {
        heart.shutdownNow();
        server.close();
    }

    private final class Listener implements WsListener {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        @Override
        public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) throws WsUpgradeException {
            if (!SECRET.matches(
                    headers.first(HeaderNames.create(ClusterSecret.HEADER)).orElse(null))) {
                throw new WsUpgradeException("no secret");
            }
            takesDifferences = headers.contains(HeaderNames.create(SessionProtocol.SPEC_DIFFERENCES));
            return Optional.empty();
        }

        @Override
        public void onMessage(WsSession from, BufferData piece, boolean last) {
            received.writeBytes(piece.readBytes());
            if (!last) {
                return;
            }
            List<Numbered<ToController>> message = codec.readToController(received.toByteArray());
            received.reset();
            message.forEach(numbered -> take(from, numbered.frame()));
        }

        private void take(WsSession from, ToController frame) {
            switch (frame) {
                case ToController.Hello ignored -> {
                    synchronized (FakeLeader.this) {
                        session = from;
                        sequence = 0;
                        writer = takesDifferences ? codec.toExecutorWriter() : codec::writeToExecutor;
                    }
                    say(new ToExecutor.Welcome(CLUSTER, epoch, true));
                }
                case ToController.Snapshot snapshot -> snapshot.instances().forEach(this::keep);
                case ToController.Changes changes -> changes.instances().forEach(this::keep);
                case ToController.Inventory ignored -> {}
                case ToController.Heartbeat ignored -> {}
                case ToController.Leaving ignored -> {}
            }
            frames.add(frame);
        }

        private void keep(InstanceReport report) {
            instances.put(report.id(), report);
            states.add(report.state());
        }
    }
}
