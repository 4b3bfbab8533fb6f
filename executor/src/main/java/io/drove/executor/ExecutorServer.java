package io.drove.executor;

import io.drove.core.agent.Agent;
import io.drove.core.agent.AgentInput;
import io.drove.core.agent.AgentLimits;
import io.drove.core.agent.AgentSettings;
import io.drove.core.agent.AgentStatus;
import io.drove.core.agent.PortRange;
import io.drove.executor.agent.AgentLoop;
import io.drove.executor.agent.EngineHealth;
import io.drove.executor.agent.ExecutorHome;
import io.drove.executor.agent.Hands;
import io.drove.executor.agent.LeaderLink;
import io.drove.executor.agent.Shell;
import io.drove.executor.container.ContainerEngine;
import io.drove.executor.container.ContainerLimits;
import io.drove.executor.container.DockerEngine;
import io.drove.executor.container.PublishedOn;
import io.drove.executor.container.RegistryCredentials;
import io.drove.executor.inventory.InventorySettings;
import io.drove.executor.inventory.InventoryWatch;
import io.drove.executor.inventory.MachineInventory;
import io.drove.executor.inventory.OverProvisioning;
import io.drove.executor.logs.LogFiles;
import io.drove.executor.logs.LogJanitor;
import io.drove.executor.logs.LogKeeper;
import io.drove.executor.logs.LogSettings;
import io.drove.model.container.UserSpec;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.Transport;
import io.drove.model.id.ExecutorId;
import io.drove.model.resource.CoreSet;
import io.drove.model.wire.InternalCodec;
import io.drove.platform.http.HttpServer;
import io.drove.platform.metrics.Metrics;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.Secret;
import io.drove.platform.security.SecretFile;
import io.drove.platform.time.Clock;
import io.drove.platform.time.SystemClock;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A running executor. Closing it leaves its containers alone: they are adopted by the next start. */
public final class ExecutorServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorServer.class);
    private static final Duration TIDY_EVERY = Duration.ofMinutes(10);
    // Whoever asks for health and metrics; there are few of them.
    private static final int ADMIN_CONNECTIONS = 200;
    private static final Duration FAREWELL_TIMEOUT = Duration.ofSeconds(1);

    private final ExecutorId id;
    private final Clock clock = new SystemClock();
    private final ContainerEngine engine;
    private final EngineHealth engineHealth = new EngineHealth();
    private final InventoryWatch machine;
    private final AgentLoop loop;
    private final Shell shell;
    private final LogKeeper keeper;
    private final LogJanitor janitor;
    private final Thread janitorThread;
    private final HttpServer api;
    private final HttpServer admin;
    private final ExecutorMetrics metrics;
    private final JsonMapper json = JsonMapper.builder().build();

    /**
     * Starts an executor: its ports are open, its containers are being adopted and the leader is being dialled when this returns.
     *
     * @param environment of the process, from which env entries with an empty value are filled
     * @param version of this program
     */
    public static ExecutorServer start(ExecutorConfig config, Map<String, String> environment, String version)
            throws IOException {
        return new ExecutorServer(config, environment, version);
    }

    private ExecutorServer(ExecutorConfig config, Map<String, String> environment, String version) throws IOException {
        ExecutorHome home = new ExecutorHome(config.dataDirectory());
        ClusterSecret secret = secret(config.clusterAuth());
        LogSettings logSettings = new LogSettings(
                home.logs(),
                config.logs().maxFileSize().count(),
                config.logs().maxFiles(),
                config.logs().retention(),
                config.logs().totalSizeCap().count());
        api = HttpServer.builder("executor")
                .bind(config.server().host(), config.server().port())
                .authenticated(true)
                .routes(new LogApi(new LogFiles(logSettings.directory()), secret)::add)
                .start();
        String hostname = hostname(config);
        id = home.id(hostname, api.port());
        InventorySettings inventorySettings = inventorySettings(config.resources());
        machine = new InventoryWatch(
                () -> MachineInventory.read(Path.of("/"), inventorySettings),
                changed -> machineChanged(hostname, config.resources(), changed));
        ExecutorInventory inventory = inventory(hostname, config.resources(), machine.current());
        engine = new DockerEngine(
                config.options().dockerSocketPath(),
                config.options().containerCommandTimeout(),
                credentials(config.dockerAuth()));
        keeper = new LogKeeper(engine, logSettings);
        janitor = new LogJanitor(logSettings, keeper);
        ExecutorHome.Membership membership = home.membership();
        Agent agent = new Agent(new AgentSettings(
                id,
                membership.cluster(),
                membership.highestEpoch(),
                version,
                inventory,
                digest(inventory),
                environment,
                new PortRange(
                        config.options().hostPorts().first(),
                        config.options().hostPorts().last()),
                config.options().cacheImages(),
                id.value().hashCode(),
                AgentLimits.DEFAULT));
        loop = new AgentLoop(agent, clock);
        metrics = new ExecutorMetrics(loop::status);
        LeaderLink link = new LeaderLink(config.controllers().endpoints(), secret, hostname, loop::offer);
        Hands hands = new Hands(
                new Hands.Tools(
                        engine,
                        engineHealth,
                        machine::current,
                        keeper,
                        link,
                        home,
                        habits(config),
                        metrics::moved,
                        metrics::verified),
                loop);
        shell = new Shell(loop, hands, link, engine, engineHealth);
        shell.start();
        machine.start();
        hands.warmUp(api.port());
        janitorThread = Thread.ofVirtual().name("log-janitor").start(this::tidy);
        admin = HttpServer.builder("executor-admin")
                .bind(config.admin().host(), config.admin().port())
                .openAllowed(config.admin().allowOpen())
                .openedBy("admin.allowOpen")
                .knownAs(hostname)
                .maxConnections(ADMIN_CONNECTIONS)
                .routes(routes -> routes.get("/health", this::health).get("/metrics", this::figures))
                .start();
        LOG.info(
                "executor started id={} hostname={} port={} admin={} nodes={}",
                id,
                hostname,
                api.port(),
                admin.port(),
                machine.current().nodes().size());
    }

    private ExecutorInventory inventory(String hostname, ExecutorConfig.Resources resources, MachineInventory found) {
        return new ExecutorInventory(
                hostname,
                api.port(),
                Transport.HTTP,
                new TreeSet<>(resources.tags()),
                found.nodes(),
                resources.metadata());
    }

    private void machineChanged(String hostname, ExecutorConfig.Resources resources, MachineInventory changed) {
        ExecutorInventory inventory = inventory(hostname, resources, changed);
        loop.offer(new AgentInput.InventoryChanged(digest(inventory), inventory));
    }

    public ExecutorId id() {
        return id;
    }

    /** The log API's port. */
    public int port() {
        return api.port();
    }

    public int adminPort() {
        return admin.port();
    }

    /** The name of a listener that takes no connections any more; such a process is to be ended and started again. */
    public Optional<String> endedListener() {
        return HttpServer.endedOf(api, admin);
    }

    public AgentStatus status() {
        return shell.status();
    }

    /** Says to the leader that it will be back, and stops. Containers run on. */
    @Override
    public void close() {
        shell.leave("the executor is being stopped", FAREWELL_TIMEOUT);
        janitorThread.interrupt();
        machine.close();
        shell.close();
        keeper.close();
        admin.close();
        api.close();
        engine.close();
        LOG.info("executor stopped id={}", id);
    }

    private void health(ServerRequest request, ServerResponse response) {
        AgentStatus status = shell.status();
        boolean isEngineHeard = engineHealth.isHeard();
        boolean hasApiEnded = api.hasEnded();
        boolean isHealthy = !hasApiEnded && isEngineHeard && status.hasSession();
        ObjectNode body = json.createObjectNode();
        body.put("healthy", isHealthy);
        if (hasApiEnded) {
            body.put(
                    "trouble",
                    "the " + api.name() + " listener has ended; this process ends soon, to be started again");
        }
        body.put("executorId", id.value());
        body.put("engine", isEngineHeard ? "listening" : engineHealth.trouble());
        body.put("session", status.hasSession());
        body.put("cluster", String.valueOf(status.cluster()));
        body.put("epoch", status.highestEpoch());
        ObjectNode instances = body.putObject("instances");
        status.instances().forEach((state, count) -> instances.put(state.name(), count));
        response.status(isHealthy ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
                .header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(json.writeValueAsBytes(body));
    }

    private void figures(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, Metrics.CONTENT_TYPE);
        response.send(metrics.text());
    }

    private void tidy() {
        try {
            while (true) {
                // Not before the engine was heard: until then it is not known whose logs are still written.
                Thread.sleep(TIDY_EVERY);
                if (engineHealth.isHeard()) {
                    tidyOnce();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void tidyOnce() {
        try {
            int removed = janitor.tidy(clock.read().wallMillis());
            if (removed > 0) {
                LOG.info("old logs removed instances={}", removed);
            }
        } catch (IOException e) {
            LOG.warn("old logs not removed reason={}", e.toString());
        }
    }

    private static ClusterSecret secret(ExecutorConfig.ClusterAuth cluster) throws IOException {
        Secret given = cluster.secret();
        Path file = cluster.secretFile();
        if (given != null) {
            return new ClusterSecret(given);
        }
        if (!cluster.secrets().isEmpty()) {
            return ClusterSecret.of(cluster.secrets());
        }
        if (file == null || !Files.isReadable(file)) {
            throw new IOException(
                    "the cluster's secret is missing: found neither clusterAuth.secret nor a readable file " + file
                            + "; set one of them to what the controllers have");
        }
        return ClusterSecret.of(SecretFile.read(file));
    }

    private static String hostname(ExecutorConfig config) throws UnknownHostException {
        String configured = config.options().hostname();
        if (configured != null) {
            return configured;
        }
        return InetAddress.getByName(config.server().host()).isLoopbackAddress()
                ? "localhost"
                : InetAddress.getLocalHost().getCanonicalHostName();
    }

    private static InventorySettings inventorySettings(ExecutorConfig.Resources resources) {
        ExecutorConfig.OverProvisioned over = resources.overProvisioning();
        return new InventorySettings(
                CoreSet.of(resources.osCores()),
                resources.exposedMemPercentage(),
                !resources.disableNUMAPinning(),
                new OverProvisioning(over.enabled(), over.cpuMultiplier(), over.memoryMultiplier()));
    }

    /** What serves only this machine opens its instances' ports only to this machine. */
    private static PublishedOn publishedOn(ExecutorConfig config) throws UnknownHostException {
        String configured = config.options().publishAddress();
        if (configured != null) {
            return PublishedOn.of(InetAddress.ofLiteral(configured));
        }
        return InetAddress.getByName(config.server().host()).isLoopbackAddress()
                ? PublishedOn.of(InetAddress.ofLiteral("127.0.0.1"))
                : PublishedOn.EVERYWHERE;
    }

    private static Hands.Habits habits(ExecutorConfig config) throws UnknownHostException {
        int openFiles = config.options().maxOpenFiles();
        ExecutorConfig.User user = config.options().defaultUserSpec();
        return new Hands.Habits(
                ContainerLimits.allowed(
                        Path.of("/"),
                        openFiles <= 0 ? ExecutorConfig.DEFAULT.options().maxOpenFiles() : openFiles),
                !config.resources().disableNUMAPinning(),
                Optional.ofNullable(user).map(given -> new UserSpec(given.user(), given.group())),
                publishedOn(config));
    }

    private static RegistryCredentials credentials(ExecutorConfig.DockerAuth auth) {
        Map<String, RegistryCredentials.Login> logins = new TreeMap<>();
        auth.entries()
                .forEach((registry, login) -> logins.put(
                        registry,
                        new RegistryCredentials.Login(
                                login.username(), login.password().reveal())));
        return new RegistryCredentials(logins);
    }

    private static String digest(ExecutorInventory inventory) {
        try {
            byte[] text = InternalCodec.json().writeValueAsString(inventory).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
