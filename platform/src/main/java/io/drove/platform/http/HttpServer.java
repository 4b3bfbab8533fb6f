package io.drove.platform.http;

import io.drove.platform.process.PortHolder;
import io.helidon.config.Config;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running HTTP server with one listener. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    // After the requests themselves have ended; connections that idle are cut.
    private static final Duration CONNECTIONS_END = Duration.ofMillis(100);

    private static final int PROBE_MILLIS = 1_000;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final Duration NEVER = Duration.ofDays(10_000);

    private final String name;
    private final WebServer server;
    private final InFlight inFlight;
    private final Overdue overdue;
    private final Duration stopTimeout;
    private final InetSocketAddress address;
    private volatile boolean isClosing;
    private final SharedLook ended = new SharedLook(LOOK_EVERY, System::nanoTime, this::refusesConnections);

    private HttpServer(Builder builder, WebServer server, Overdue overdue) {
        this.overdue = overdue;
        this.name = builder.name;
        this.server = server;
        this.inFlight = builder.inFlight;
        this.stopTimeout = builder.stopTimeout;
        this.address = reachable(builder.host, server.port());
    }

    private static InetSocketAddress reachable(String host, int port) {
        InetSocketAddress bound = new InetSocketAddress(host, port);
        return bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                : bound;
    }

    /**
     * Prepares a server.
     *
     * @param name what messages call the listener, such as {@code api} or {@code admin}
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** The port that it listens on: the one asked for, or the one that the system chose. */
    public int port() {
        return server.port();
    }

    /** What messages call the listener. */
    public String name() {
        return name;
    }

    /**
     * Whether it takes no connections any more although nobody closed it: a listener ends for good when it cannot accept one, and Helidon still says that it runs. It is asked by a
     * connection, within a second; one that is merely too busy to take it has not ended. Nor has one that a firewall keeps from us, or whose address has moved: a refusal counts only
     * when the port is free to be taken. All who ask within a second share one look, so that asking fills no queue of connections.
     */
    public boolean hasEnded() {
        return !isClosing && ended.answer() && !isClosing;
    }

    private boolean refusesConnections() {
        try (Socket probe = new Socket()) {
            probe.connect(address, PROBE_MILLIS);
            return false;
        } catch (ConnectException refused) {
            return !isClosing && isFree();
        } catch (IOException unknown) {
            return false;
        }
    }

    /** The name of the first of them that {@linkplain #hasEnded has ended}. */
    public static Optional<String> endedOf(HttpServer... servers) {
        return Stream.of(servers)
                .filter(HttpServer::hasEnded)
                .map(HttpServer::name)
                .findFirst();
    }

    private boolean isFree() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Stops gracefully: new requests get 503, running ones may end within the stop timeout, then connections are cut. */
    @Override
    public void close() {
        isClosing = true;
        if (!inFlight.drain(stopTimeout)) {
            LOG.warn("http stopped with requests unanswered listener={} after={}", name, stopTimeout);
        }
        server.stop();
        overdue.close();
    }

    /** What a server needs to start. Every limit has a default. */
    public static final class Builder {
        private final String name;
        private final InFlight inFlight = new InFlight();
        private final HttpRouting.Builder routing = HttpRouting.builder();
        private final Routes routes = new Routes(routing);
        private final WsRouting.Builder webSockets = WsRouting.builder();
        private String host = "127.0.0.1";
        private int port;
        private boolean isAuthenticated;
        private boolean isOpenAllowed;
        private String openSetting = "";
        private final Set<String> names = new TreeSet<>();
        private long maxBodyBytes = 1L << 20;
        private int maxBodiesBytes = Heap.share(16, 64 << 20);
        private int maxFrameBytes = 64 << 10;
        private int maxConnections = 10_000;
        private Duration readTimeout = Duration.ofSeconds(30);
        private Duration requestTimeout = Duration.ofMinutes(1);
        private Duration writeTimeout = Duration.ofSeconds(30);
        private Duration idleTimeout = Duration.ofMinutes(1);
        private Duration stopTimeout = Duration.ofSeconds(5);

        private Builder(String name) {
            this.name = name;
            routing.addFilter(new HangUp());
            routing.addFilter(inFlight);
            routing.error(
                    HttpException.class,
                    (request, response, refusal) ->
                            ErrorAnswers.refused(response, refusal.status(), refusal.getMessage()));
            routing.error(
                    RequestException.class,
                    (request, response, refusal) -> ErrorAnswers.refused(
                            response,
                            refusal.status(),
                            messageFor(refusal.status(), request.path().rawPath(), refusal.getMessage())));
            routing.error(Exception.class, (request, response, failure) -> {
                String method = request.prologue().method().text();
                String path = request.path().rawPath();
                String id =
                        HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextLong());
                LOG.error("request failed id={} listener={} method={} path={}", id, name, method, path, failure);
                // Nobody knows how much of the body was read.
                response.header(HeaderValues.CONNECTION_CLOSE);
                ErrorAnswers.unexpected(response, id);
            });
        }

        /** Where to listen; port 0 takes any free one. Default: loopback, any. */
        public Builder bind(String host, int port) {
            this.host = host;
            this.port = port;
            return this;
        }

        /** Says that every endpoint asks who calls; without it the server starts on loopback only. */
        public Builder authenticated(boolean isAuthenticated) {
            this.isAuthenticated = isAuthenticated;
            return this;
        }

        /** Lets the server listen beyond loopback without authentication: the operator's explicit wish. */
        public Builder openAllowed(boolean isOpenAllowed) {
            this.isOpenAllowed = isOpenAllowed;
            return this;
        }

        /** The name of the setting that {@link #openAllowed} comes from, for the message that refuses. */
        public Builder openedBy(String setting) {
            this.openSetting = setting;
            return this;
        }

        /**
         * A name by which clients may ask for a listener on loopback that does not authenticate, beside IP addresses, {@code localhost} and the name that it is bound to; requests for others get
         * 421. Names do not matter anywhere else.
         */
        public Builder knownAs(String name) {
            names.add(name.toLowerCase(Locale.ROOT));
            return this;
        }

        /** The largest request body, but for paths that {@linkplain Routes#largerBodies take larger ones}; more gets 413. Default 1 MiB. */
        public Builder maxBodyBytes(long bytes) {
            this.maxBodyBytes = bytes;
            return this;
        }

        /** The largest WebSocket frame that is taken; a larger one ends the connection. Default 64 KiB. */
        public Builder maxFrameBytes(int bytes) {
            this.maxFrameBytes = bytes;
            return this;
        }

        /**
         * The bodies of all requests under way together, as far as they have been read; a request that has no room gets 503 with {@code Retry-After}. Default 64 MiB, or a
         * sixteenth of the heap if that is less.
         */
        public Builder maxBodiesBytes(int bytes) {
            this.maxBodiesBytes = bytes;
            return this;
        }

        /** How many connections at once; fewer where open files or memory do not suffice. One more waits until another ends. Default 10,000. */
        public Builder maxConnections(int count) {
            this.maxConnections = count;
            return this;
        }

        /** How long one read may wait for the client, also on WebSockets: they need traffic within it; later is 408. Default 30 s. */
        public Builder readTimeout(Duration timeout) {
            this.readTimeout = timeout;
            return this;
        }

        /** How long a request may take to arrive, head and body; later is 408. Default 1 min. */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = timeout;
            return this;
        }

        /**
         * How long a client may take to take what is sent to it, or the next 256 KiB of that; then it is hung up on. Default 30 s.
         */
        public Builder writeTimeout(Duration timeout) {
            this.writeTimeout = timeout;
            return this;
        }

        /** How long a connection may lie idle between requests. Default 1 min. */
        public Builder idleTimeout(Duration timeout) {
            this.idleTimeout = timeout;
            return this;
        }

        /** How long {@link HttpServer#close} waits for running requests. Default 5 s. */
        public Builder stopTimeout(Duration timeout) {
            this.stopTimeout = timeout;
            return this;
        }

        /** Adds endpoints. */
        public Builder routes(Consumer<Routes> add) {
            add.accept(routes);
            return this;
        }

        /**
         * Adds a WebSocket endpoint: a listener for each connection; its {@code onHttpUpgrade} authenticates and throws
         * {@link ErrorAnswers#upgradeRefused}. It is told of every end, by {@code onClose} or {@code onError}. A session that it closes ends
         * within seconds, whatever the client does.
         */
        public Builder webSocket(String path, Supplier<WsListener> listener) {
            webSockets.endpoint(path, () -> new Conversation(listener.get()));
            return this;
        }

        /** Fails as {@link #start} would now, for those who start later. */
        public void check() {
            if (!isAuthenticated && !isOpenAllowed && !isLoopback()) {
                throw new OpenToTheWorld(name, host, openSetting);
            }
            probe();
        }

        /**
         * Starts to listen.
         *
         * @throws PortTaken if another process has the port
         * @throws OpenToTheWorld if the address is not loopback, nobody authenticates, and that is not allowed
         */
        public HttpServer start() {
            check();
            if (!isAuthenticated && isLoopback()) {
                names.add(host.toLowerCase(Locale.ROOT));
                routing.addFilter(new OwnNames(names));
            }
            routing.addFilter(new Bodies(bodies()));
            routes.close();
            Overdue overdue = Overdue.watch(writeTimeout);
            WebServer server = build(overdue);
            server.start();
            if (!server.isRunning()) {
                overdue.close();
                // Somebody was faster: Helidon logs why and stops.
                probe();
                throw new IllegalStateException("the " + name + " listener did not start on " + host + ":" + port);
            }
            return new HttpServer(this, server, overdue);
        }

        private WebServer build(Overdue overdue) {
            Accepted accepted = new Accepted();
            Patience patience = new Patience(idleTimeout, readTimeout, requestTimeout);
            Terms terms = new Terms(patience, bodies(), new Semaphore(maxBodiesBytes), overdue);
            WsConfig frames = WsConfig.builder().maxFrameLength(maxFrameBytes).build();
            // Nothing is discovered on the class path: it would cost start-up time and could surprise.
            return WebServer.builder()
                    .config(Config.empty())
                    .host(host)
                    .port(port)
                    .shutdownHook(false)
                    // Ours read and write by themselves; of Helidon's two, this one keeps fewer buffers.
                    .useNio(false)
                    .featuresDiscoverServices(false)
                    .protocolsDiscoverServices(false)
                    .addConnectionSelector(new Connections(accepted, terms, frames))
                    .addProtocol(frames)
                    .contentEncoding(ContentEncodingContext.builder()
                            .contentEncodingsDiscoverServices(false)
                            .addContentEncoding(new Gzip())
                            .build())
                    .directHandlers(DirectHandlers.builder()
                            .addHandler(DirectHandler.EventType.BAD_REQUEST, this::refused)
                            .build())
                    .maxPayloadSize(bodies().largest())
                    .maxTcpConnections(ConnectionLimit.of(name, maxConnections))
                    .connectionOptions(accepted)
                    // Ours come first; Helidon's would count the time of a long answer as idle.
                    .idleConnectionTimeout(NEVER)
                    .shutdownGracePeriod(CONNECTIONS_END)
                    .addRouting(routing)
                    .addRouting(webSockets)
                    .build();
        }

        /** What Helidon refuses before any endpoint sees it; a body that is too large comes here as a bad request with 413. */
        private DirectHandler.TransportResponse refused(
                DirectHandler.TransportRequest request,
                DirectHandler.EventType type,
                Status status,
                ServerResponseHeaders headers,
                String message) {
            return DirectHandler.TransportResponse.builder()
                    .status(status)
                    .headers(headers)
                    .header(HeaderNames.CONTENT_TYPE, "application/json")
                    .keepAlive(false)
                    .entity(ErrorAnswers.failedBody(messageFor(status, request.path(), message)))
                    .build();
        }

        private String messageFor(Status status, String path, @Nullable String message) {
            if (status.equals(Status.REQUEST_ENTITY_TOO_LARGE_413)) {
                return bodies().refusal(path);
            }
            if (status.equals(Status.REQUEST_TIMEOUT_408)) {
                return "The request did not arrive in time: it may pause for " + seconds(readTimeout) + " and take "
                        + seconds(requestTimeout) + " in all";
            }
            return Objects.requireNonNullElse(message, status.reasonPhrase());
        }

        private BodyLimits bodies() {
            return new BodyLimits(maxBodyBytes, routes.largerBodies(), maxBodiesBytes);
        }

        private static String seconds(Duration time) {
            return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
        }

        private boolean isLoopback() {
            try {
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("cannot listen on " + host + ": no such address", e);
            }
        }

        /** Takes the port for a moment: when that fails we can say why, and Helidon would only log it. */
        private void probe() {
            if (port == 0) {
                return;
            }
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(host, port));
            } catch (BindException e) {
                if (String.valueOf(e.getMessage()).contains("in use")) {
                    throw new PortTaken(port, PortHolder.of(port), e);
                }
                throw new UncheckedIOException("cannot listen on " + host + ":" + port, e);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot listen on " + host + ":" + port, e);
            }
        }
    }
}
