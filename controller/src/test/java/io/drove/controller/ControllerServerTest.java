package io.drove.controller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.drove.controller.loop.Specs;
import io.drove.model.id.ExecutorId;
import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.model.wire.FrameException;
import io.drove.model.wire.Numbered;
import io.drove.model.wire.SessionCodec;
import io.drove.platform.http.OpenToTheWorld;
import io.drove.platform.http.PortTaken;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.UserStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ControllerServerTest {
    private static final String CREATE = """
            {"type":"CREATE","spec":{"name":"web","version":"1","type":"SERVICE",
             "executable":{"type":"DOCKER","url":"hello:1","dockerPullTimeout":"10 seconds"},
             "exposedPorts":[{"name":"main","port":8080,"type":"HTTP"}],"volumes":[],"configs":[],
             "resources":[{"type":"CPU","count":1},{"type":"MEMORY","sizeInMB":128}],
             "placementPolicy":{"type":"ANY"},"healthcheck":%1$s,"readiness":%1$s,"tags":{},"env":{}},
             "instances":1,"opSpec":{"timeout":"60 seconds","parallelism":1,"failureStrategy":"STOP"}}
            """.formatted("""
            {"mode":{"type":"HTTP","protocol":"HTTP","portName":"main","path":"/","verb":"GET","successCodes":[200],
             "payload":"","connectionTimeout":"1 second"},
             "timeout":"1 second","interval":"1 second","attempts":3,"initialDelay":"0 seconds"}
            """);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void a_restart_recovers_all_that_was_acknowledged() throws IOException, InterruptedException {
        int raft = FreePorts.next();
        String before;
        try (RunningController first = RunningController.start(directory, raft)) {
            assertThat(first.post("/apis/v1/applications/operations", CREATE).body())
                    .contains("SUCCESS");
            before = first.get("/apis/v1/applications/web-1/spec").body();
        }

        try (RunningController second = RunningController.start(directory, raft)) {
            assertThat(second.get("/apis/v1/applications/web-1/spec").body()).isEqualTo(before);
            assertThat(second.get("/apis/v1/applications/web-1").body()).contains("\"requiredInstances\":1");
        }
    }

    @Test
    void what_lies_on_disk_at_a_crash_is_enough() throws IOException, InterruptedException {
        int raft = FreePorts.next();
        Path crashed = directory.resolve("crashed");
        try (RunningController first = RunningController.start(directory.resolve("first"), raft)) {
            assertThat(first.post("/apis/v1/applications/operations", CREATE).body())
                    .contains("SUCCESS");
            copy(directory.resolve("first"), crashed);
        }

        try (RunningController second = RunningController.start(crashed, raft)) {
            assertThat(second.get("/apis/v1/applications/web-1").body()).contains("\"requiredInstances\":1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_executor_over_a_real_socket_gets_its_orders(boolean remembersSpecs)
            throws IOException, InterruptedException {
        try (RunningController controller = RunningController.start(directory, FreePorts.next())) {
            SocketExecutor executor = new SocketExecutor(controller, RunningController.SECRET, remembersSpecs);
            executor.say(new ToController.Hello(
                    SessionProtocol.VERSION, ExecutorId.of("host", 11_000), null, 0, "digest", "test"));
            assertThat(executor.next(ToExecutor.Welcome.class).wantsInventory()).isTrue();
            executor.say(new ToController.Inventory("digest", Specs.inventory("host", 4)));
            executor.say(new ToController.Snapshot(List.of(), true));

            assertThat(controller
                            .post("/apis/v1/applications/operations", CREATE)
                            .statusCode())
                    .isEqualTo(200);

            ToExecutor.Spec spec = executor.next(ToExecutor.Spec.class);
            ToExecutor.Start start = executor.next(ToExecutor.Start.class);
            assertThat(start.specDigest()).isEqualTo(spec.digest());
            assertThat(spec.spec().name()).isEqualTo("web");
            assertThat(controller
                            .post("/apis/v1/applications/operations", CREATE.replace("web", "more"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(executor.next(ToExecutor.Spec.class).spec().name()).isEqualTo("more");
            assertThat(executor.isTalkedToInBrief).isEqualTo(remembersSpecs);
            executor.next(ToExecutor.Start.class);
            assertThat(executor.next(ToExecutor.Heartbeat.class).epoch()).isPositive();
            assertThat(controller.admin("/metrics").body())
                    .contains("drove_executors{state=\"ready\"} 1.0")
                    .contains("drove_instances{phase=\"coming\"} 2.0")
                    .contains("drove_journal_append_seconds_count");
        }
    }

    @Test
    void who_does_not_know_the_secret_gets_no_session() throws IOException {
        try (RunningController controller = RunningController.start(directory, FreePorts.next())) {
            assertThatThrownBy(() -> new SocketExecutor(controller, "guessed"))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused -> assertThat(refused.getResponse().statusCode())
                                    .isEqualTo(401));
        }
    }

    @Test
    void a_frame_that_cannot_be_understood_closes_the_connection() throws IOException, InterruptedException {
        try (RunningController controller = RunningController.start(directory, FreePorts.next())) {
            SocketExecutor executor = new SocketExecutor(controller, RunningController.SECRET);

            executor.socket
                    .sendBinary(ByteBuffer.wrap("nonsense".getBytes(UTF_8)), true)
                    .join();

            assertThat(executor.closed()).contains("cannot be understood");
        }
    }

    @Test
    void the_admin_port_says_that_it_is_healthy_and_ready() throws IOException, InterruptedException {
        try (RunningController controller = RunningController.start(directory, FreePorts.next())) {
            assertThat(controller.admin("/health").statusCode()).isEqualTo(200);
            assertThat(controller.admin("/ready").body())
                    .contains("\"leading\":true")
                    .contains("\"version\":\"test\"");
        }
    }

    @Test
    void one_that_is_alone_leads_when_its_api_opens() throws IOException {
        try (ControllerServer server = ControllerServer.start(config(directory, "127.0.0.1", 0), "test")) {
            assertThat(server.isServing()).isTrue();
        }
    }

    @Test
    void the_admin_port_says_that_the_api_takes_no_connections_any_more() throws IOException, InterruptedException {
        Set<Thread> others = acceptThreads();
        try (RunningController controller = RunningController.start(directory, FreePorts.next())) {
            Set<Thread> own = acceptThreads();
            own.removeAll(others);
            assertThat(controller.server.endedListener()).isEmpty();

            // The API's is the last that was started.
            own.stream()
                    .max(Comparator.comparingLong(Thread::threadId))
                    .orElseThrow()
                    .interrupt();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> controller.server.endedListener().isPresent());

            assertThat(controller.server.endedListener()).hasValue("api");
            HttpResponse<String> health = controller.admin("/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"healthy\":false").contains("the api listener has ended");
            assertThat(controller.admin("/ready").statusCode()).isEqualTo(503);
        }
    }

    private static Set<Thread> acceptThreads() {
        Set<Thread> accepting = new HashSet<>(Thread.getAllStackTraces().keySet());
        accepting.removeIf(thread -> !thread.getName().equals("server-@default-listener"));
        return accepting;
    }

    @Test
    void secrets_that_nobody_gave_are_made_for_the_owner_alone_and_kept() throws IOException {
        ControllerConfig config = config(directory, "127.0.0.1", 0);
        RunningController.start(config).close();
        Path file = directory.resolve("cluster-secret");
        String made = Files.readString(file);
        RunningController.start(config).close();

        assertThat(made).hasSizeGreaterThan(40);
        assertThat(Files.readString(file)).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory.resolve("instance-secret")).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("journal"))))
                .isEqualTo("rwx------");
    }

    @Test
    void without_users_the_api_listens_on_loopback_only() {
        assertThatThrownBy(() -> ControllerServer.start(config(directory, "0.0.0.0", 0), "test"))
                .isInstanceOf(OpenToTheWorld.class);
    }

    @Test
    void a_taken_port_is_named_and_nothing_stays_open() throws IOException {
        try (ServerSocket taken = new ServerSocket(FreePorts.next())) {
            assertThatThrownBy(
                            () -> ControllerServer.start(config(directory, "127.0.0.1", taken.getLocalPort()), "test"))
                    .isInstanceOf(PortTaken.class)
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : all.sorted().toList()) {
                Files.copy(source, to.resolve(from.relativize(source)));
            }
        }
    }

    private static ControllerConfig config(Path directory, String host, int port) {
        ControllerConfig defaults = ControllerConfig.DEFAULT;
        return new ControllerConfig(
                directory,
                new ControllerConfig.Server(host, port, false),
                new ControllerConfig.Admin("127.0.0.1", 0, false),
                new ControllerConfig.Raft(FreePorts.next(), "1", List.of(), false),
                defaults.clusterAuth(),
                defaults.instanceAuth(),
                new ControllerConfig.UserAuth(false, List.of(), UserStore.Encoding.PLAIN),
                defaults.options());
    }

    /** An executor's end of a real WebSocket. */
    private static final class SocketExecutor implements WebSocket.Listener {
        private final SessionCodec codec = new SessionCodec();
        private final SessionCodec.ToExecutorReader reader = codec.toExecutorReader();
        /** Whether a message came that only those understand who remember specs. */
        private volatile boolean isTalkedToInBrief;

        private final BlockingQueue<ToExecutor> heard = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final WebSocket socket;
        private long sequence;

        SocketExecutor(RunningController controller, String secret) {
            this(controller, secret, false);
        }

        SocketExecutor(RunningController controller, String secret, boolean remembersSpecs) {
            URI http = controller.api(SessionProtocol.PATH);
            WebSocket.Builder builder =
                    HttpClient.newHttpClient().newWebSocketBuilder().header(ClusterSecret.HEADER, secret);
            if (remembersSpecs) {
                builder.header(SessionProtocol.SPEC_DIFFERENCES, "yes");
            }
            this.socket = builder.buildAsync(URI.create(http.toString().replaceFirst("http", "ws")), this)
                    .join();
        }

        /** Every other one in two parts. */
        void say(ToController frame) {
            byte[] bytes = codec.writeToController(new Numbered<>(++sequence, frame));
            int first = sequence % 2 == 0 ? 0 : bytes.length / 2;
            if (first > 0) {
                socket.sendBinary(ByteBuffer.wrap(bytes, 0, first), false).join();
            }
            socket.sendBinary(ByteBuffer.wrap(bytes, first, bytes.length - first), true)
                    .join();
        }

        <T extends ToExecutor> T next(Class<T> type) throws InterruptedException {
            while (true) {
                ToExecutor frame = requireNonNull(heard.poll(20, TimeUnit.SECONDS), "no " + type.getSimpleName());
                if (type.isInstance(frame)) {
                    return type.cast(frame);
                }
            }
        }

        String closed() throws InterruptedException {
            return requireNonNull(closed.poll(20, TimeUnit.SECONDS));
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            received.writeBytes(bytes);
            if (last) {
                try {
                    codec.readToExecutor(received.toByteArray());
                } catch (FrameException brief) {
                    isTalkedToInBrief = String.valueOf(brief.getMessage()).contains("by its difference");
                }
                reader.read(received.toByteArray()).forEach(frame -> heard.add(frame.frame()));
                received.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.add(reason);
            return null;
        }
    }
}
