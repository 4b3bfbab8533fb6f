package io.drove.controller;

import static java.util.Objects.requireNonNull;

import io.drove.controller.api.ApiSettings;
import io.drove.controller.api.Cluster;
import io.drove.controller.api.ControllerApi;
import io.drove.controller.feed.EventFeed;
import io.drove.controller.feed.FeedLimits;
import io.drove.controller.link.InstanceTokens;
import io.drove.controller.link.SessionLimits;
import io.drove.controller.link.SessionSocket;
import io.drove.controller.link.Sessions;
import io.drove.controller.loop.ControlLoop;
import io.drove.controller.loop.ControlThread;
import io.drove.controller.loop.LeadershipSink;
import io.drove.controller.loop.LoopLimits;
import io.drove.controller.loop.Outlets;
import io.drove.controller.loop.Replica;
import io.drove.core.contract.Seed;
import io.drove.core.planner.Planner;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Limits;
import io.drove.model.session.SessionProtocol;
import io.drove.model.wire.SessionCodec;
import io.drove.platform.http.HttpServer;
import io.drove.platform.id.Seeds;
import io.drove.platform.journal.Journal;
import io.drove.platform.journal.RaftJournal;
import io.drove.platform.journal.RaftSettings;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.UserStore;
import io.drove.platform.time.Clock;
import io.drove.platform.time.SystemClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running controller. Closing it leaves executors and their containers alone. */
public final class ControllerServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerServer.class);
    // A snapshot of that many instances takes less than a second, and saves as much at the next start.
    private static final int CHEAP_INSTANCES = 50_000;
    // Whoever asks for health and metrics; there are few of them.
    private static final int ADMIN_CONNECTIONS = 200;
    private static final Duration SNAPSHOT_PATIENCE = Duration.ofSeconds(2);
    private static final int JOURNAL_PATIENCE_SECONDS = 60;

    private final Clock clock = new SystemClock();
    private final Journal journal;
    private final ControlLoop loop;
    private final ControlThread thread;
    private final Sessions sessions;
    private volatile @Nullable HttpServer api;
    private final HttpServer admin;

    /**
     * Starts a controller. When this returns its ports are open and its journal is read; it serves soon after, see {@link #isServing}. One that is alone opens its API only when it leads,
     * but for {@value #JOURNAL_PATIENCE_SECONDS} s at most: whoever waits for it, such as thousands of executors, need not be answered while it reads.
     *
     * @param version of this program
     * @throws IOException if its directory cannot be used
     */
    public static ControllerServer start(ControllerConfig config, String version) throws IOException {
        return new ControllerServer(config, version);
    }

    private ControllerServer(ControllerConfig config, String version) throws IOException {
        ControllerHome home = new ControllerHome(config.dataDirectory());
        ClusterSecret secret = home.cluster(config.clusterAuth());
        InstanceTokens tokens = new InstanceTokens(home.instances(config.instanceAuth()));
        Seeds seeds = Seeds.secure();
        ControllerMetrics metrics = new ControllerMetrics();
        Replica replica = new Replica(limits(), false);
        journal = new RaftJournal(raft(config.raft(), home.journal()));
        loop = new ControlLoop(new ControlLoop.Parts(
                new Planner(), replica, journal, clock, () -> next(seeds), LoopLimits.DEFAULT, metrics));
        sessions = new Sessions(loop, tokens, clock, SessionLimits.DEFAULT);
        EventFeed feed = new EventFeed(
                hostname(config),
                clock,
                seeds,
                new FeedLimits(
                        config.options().maxEventsStorageDuration(),
                        FeedLimits.DEFAULT.eventsMax(),
                        FeedLimits.DEFAULT.retoldMax()));
        metrics.observe(loop, replica, sessions);
        FirstLead lead = new FirstLead(sessions);
        loop.connect(new Outlets(sessions, feed::publish, lead));

        HttpServer.Builder listener = api(config, secret, feed);
        boolean isAlone = config.raft().peers().isEmpty();
        HttpServer openedAdmin = null;
        ControlThread started = null;
        try {
            listener.check();
            if (!isAlone) {
                api = listener.start();
            }
            openedAdmin = admin(config, new AdminRoutes(loop, sessions, metrics, version, this::api));
            started = ControlThread.start(loop, sessions::tick);
            journal.start(replica, loop);
            if (isAlone) {
                lead.await(Duration.ofSeconds(JOURNAL_PATIENCE_SECONDS));
                api = listener.start();
            }
        } catch (RuntimeException unusable) {
            close(started, api, openedAdmin);
            throw unusable;
        }
        admin = openedAdmin;
        thread = started;
        LOG.info(
                "controller started version={} api={} admin={} data={}",
                version,
                port(),
                admin.port(),
                config.dataDirectory());
    }

    /** Specs take a quarter of the memory at most: while a snapshot is installed they are there twice. */
    private static Limits limits() {
        return Limits.DEFAULT.withSpecBytesMax(Runtime.getRuntime().maxMemory() / 4);
    }

    private static Seed next(Seeds seeds) {
        var seed = seeds.next();
        return new Seed(seed.high(), seed.low());
    }

    private Optional<HttpServer> api() {
        return Optional.ofNullable(api);
    }

    /** Passes leadership on, and lets somebody wait for it. */
    private static final class FirstLead implements LeadershipSink {
        private final LeadershipSink next;
        private final CountDownLatch first = new CountDownLatch(1);

        FirstLead(LeadershipSink next) {
            this.next = next;
        }

        @Override
        public void serving(long epoch, ClusterState state) {
            next.serving(epoch, state);
            first.countDown();
        }

        @Override
        public void ended() {
            next.ended();
        }

        /** Returns when there is a leader, or there is none in time. */
        void await(Duration atMost) {
            try {
                if (!first.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                    LOG.warn("does not lead yet, the api opens all the same after={}", atMost);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private HttpServer.Builder api(ControllerConfig config, ClusterSecret secret, EventFeed feed) {
        UserStore users = config.userAuth().store();
        ApiSettings defaults = ApiSettings.of(
                hostname(config) + ":" + config.server().port(),
                users,
                secret,
                config.options().specRules());
        ApiSettings settings = new ApiSettings(
                defaults.self(),
                defaults.users(),
                defaults.secret(),
                defaults.rules(),
                config.options().disableReadAuth(),
                Set.copyOf(config.options().auditedHttpMethods()),
                defaults.replyTimeout(),
                defaults.executorConnectTimeout(),
                defaults.executorIdleTimeout());
        ControllerApi routes = new ControllerApi(Cluster.of(loop), feed, settings, clock);
        SessionCodec codec = new SessionCodec();
        return HttpServer.builder("api")
                .bind(config.server().host(), config.server().port())
                .authenticated(settings.isAuthenticated())
                .openAllowed(config.server().allowOpen())
                .openedBy("server.allowOpen")
                .knownAs(hostname(config))
                .maxFrameBytes(SessionProtocol.FRAME_BYTES_MAX)
                .routes(routes::addTo)
                .webSocket(SessionProtocol.PATH, () -> new SessionSocket(sessions, codec, secret));
    }

    private static HttpServer admin(ControllerConfig config, AdminRoutes routes) {
        return HttpServer.builder("admin")
                .bind(config.admin().host(), config.admin().port())
                .openAllowed(config.admin().allowOpen())
                .openedBy("admin.allowOpen")
                .knownAs(hostname(config))
                .maxConnections(ADMIN_CONNECTIONS)
                .routes(routes::addTo)
                .start();
    }

    private static RaftSettings raft(ControllerConfig.Raft raft, Path directory) {
        if (raft.peers().isEmpty()) {
            return RaftSettings.single(directory, raft.port());
        }
        RaftSettings settings = RaftSettings.member(
                raft.self(),
                raft.peers().stream()
                        .map(peer -> new RaftSettings.Peer(peer.id(), peer.host(), peer.port()))
                        .toList(),
                directory);
        return new RaftSettings(
                settings.self(),
                settings.peers(),
                settings.directory(),
                settings.electionMin(),
                settings.electionMax(),
                settings.snapshotEveryBytes(),
                settings.snapshotEveryBatches(),
                settings.maxBatches(),
                settings.maxBytes(),
                raft.allowOpen());
    }

    private static String hostname(ControllerConfig config) {
        String configured = config.options().hostname();
        return configured == null ? config.server().host() : configured;
    }

    /** The API's port. */
    public int port() {
        return requireNonNull(api).port();
    }

    public int adminPort() {
        return admin.port();
    }

    /** The name of a listener that takes no connections any more; such a process is to be ended and started again. */
    public Optional<String> endedListener() {
        return HttpServer.endedOf(requireNonNull(api), admin);
    }

    /** Whether it leads and answers. */
    public boolean isServing() {
        return loop.isLeading();
    }

    /** Takes a snapshot if that is quick, hangs up on executors, answers what is under way, and stops. */
    @Override
    public void close() {
        snapshotIfCheap();
        close(thread, api, admin);
        LOG.info("controller stopped");
    }

    private void snapshotIfCheap() {
        if (loop.published().durable().instances().all() > CHEAP_INSTANCES) {
            return;
        }
        try {
            journal.snapshot().toCompletableFuture().get(SNAPSHOT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("no snapshot at the end, the next start reads the whole log why={}", e.toString());
        }
    }

    /** The loop answers as long as requests are under way. */
    private void close(@Nullable ControlThread runs, @Nullable HttpServer openApi, @Nullable HttpServer openAdmin) {
        sessions.close();
        if (openApi != null) {
            openApi.close();
        }
        if (runs != null) {
            runs.close();
        }
        journal.close();
        if (openAdmin != null) {
            openAdmin.close();
        }
    }
}
