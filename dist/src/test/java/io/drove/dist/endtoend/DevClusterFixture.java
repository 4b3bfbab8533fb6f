package io.drove.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.client.Connection;
import io.drove.client.Credentials;
import io.drove.client.DroveClient;
import io.drove.dist.ProjectRoot;
import io.drove.platform.process.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * A development cluster of a test's own: data directory and ports that nobody else uses, started and steered by {@code ./drove} as a
 * user would.
 */
final class DevClusterFixture {
    static final ObjectMapper JSON = JsonMapper.shared();
    static final String USERNAME = "admin";
    static final String PASSWORD = "a-password-for-tests-alone";

    private static final Path ROOT = projectRoot();
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(5);

    private final Path home;
    private final Map<String, String> environment;
    private final int offset;

    /** What a command said. */
    record Said(int exitCode, String out, String err) {
        Said succeeded() {
            assertThat(exitCode).as("%s%n%s", out, err).isZero();
            return this;
        }
    }

    private DevClusterFixture(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
        this.offset = freeOffset();
    }

    /**
     * Starts a cluster without the sample.
     *
     * @param home an empty directory
     * @param environment more variables for the supervisor
     * @param configuration YAML for {@code --config}
     */
    static DevClusterFixture start(Path home, Map<String, String> environment, String configuration)
            throws IOException, InterruptedException {
        DevClusterFixture cluster = prepare(home, environment);
        Files.writeString(home.resolve("overlay.yml"), configuration);
        cluster.up("--no-sample", "--config", home.resolve("overlay.yml").toString());
        return cluster;
    }

    /** A cluster that never ran: it has no secrets yet, and {@link #client()} cannot know them. */
    static DevClusterFixture untouched(Path home) {
        return new DevClusterFixture(home, Map.of());
    }

    /** A cluster that does not run yet. */
    static DevClusterFixture prepare(Path home, Map<String, String> environment) throws IOException {
        DevClusterFixture cluster = new DevClusterFixture(home, environment);
        Files.createDirectories(cluster.data());
        Path secrets = cluster.data().resolve("secrets.json");
        Files.writeString(
                secrets,
                JSON.writeValueAsString(Map.of(
                        "username",
                        USERNAME,
                        "password",
                        PASSWORD,
                        "clusterSecret",
                        "a-cluster-secret-for-tests",
                        "instanceSecret",
                        "an-instance-secret-for-tests")));
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        return cluster;
    }

    /** Starts it, in the background; everything is up when this returns. */
    Said up(String... options) throws IOException, InterruptedException {
        return start(options).succeeded();
    }

    /** The same, whether it succeeds or not. Options come last, so that they win. */
    Said start(String... options) throws IOException, InterruptedException {
        List<String> words = dev(options);
        words.add(1, "--detach");
        return drove(words.toArray(String[]::new));
    }

    private List<String> dev(String... options) {
        List<String> words = new ArrayList<>(List.of("dev", "--no-install", "--port-offset", "" + offset));
        if (!List.of(options).contains("--data-dir")) {
            words.addAll(List.of("--data-dir", data().toString()));
        }
        words.addAll(List.of(options));
        return words;
    }

    /** Starts it as in a terminal of its own, and returns when everything is up. */
    Foreground upInForeground(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        // A process group that Ctrl-C goes to, in which it is not ignored even if these tests run in the background.
        command.addAll(List.of(
                "setsid", "env", "--default-signal=INT", ROOT.resolve("drove").toString()));
        command.addAll(dev(options));
        Path out = Files.createTempFile(home, "foreground", ".out");
        Foreground foreground = new Foreground(
                builder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start(),
                out);
        eventually()
                .until(() ->
                        !foreground.process().isAlive() || foreground.said().contains("Drove is up."));
        assertThat(foreground.process().isAlive()).as(foreground.said()).isTrue();
        return foreground;
    }

    /** A supervisor in the foreground and the file that it writes to. */
    record Foreground(Process process, Path out) {
        String said() throws IOException {
            return Files.readString(out);
        }

        /** Presses Ctrl-C: the signal goes to the whole process group. Returns the exit code. */
        int interrupt() throws IOException, InterruptedException {
            Command.of(COMMAND_TIMEOUT, "kill", "-INT", "--", "-" + process.pid())
                    .run();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end by Ctrl-C:\n" + said());
            }
            return process.exitValue();
        }
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("XDG_DATA_HOME", home.toString());
        builder.environment().put("DROVE_NO_BUILD", "true");
        return builder;
    }

    /** Runs {@code ./drove WORDS} and waits for its end. */
    Said drove(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("drove").toString()));
        command.addAll(List.of(words));
        Path out = Files.createTempFile(home, "command", ".out");
        Path err = Files.createTempFile(home, "command", ".err");
        Process process = builder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(COMMAND_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Said(process.waitFor(), Files.readString(out), Files.readString(err));
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + (10_000 + offset));
    }

    URI executorAdmin() {
        return URI.create("http://127.0.0.1:" + (11_001 + offset));
    }

    DroveClient client() {
        return client(USERNAME, PASSWORD);
    }

    DroveClient client(String username, String password) {
        return new DroveClient(Connection.to(List.of(endpoint()), new Credentials.Basic(username, password)));
    }

    /** The data directory. */
    Path data() {
        return home.resolve("data");
    }

    Path file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    /** The process of that name, as {@code drove dev status} tells. */
    ProcessHandle process(String name) throws IOException, InterruptedException {
        JsonNode status = JSON.readTree(drove("dev", "status", "--data-dir", data().toString(), "-o", "json")
                .succeeded()
                .out());
        for (JsonNode process : status.path("processes")) {
            if (process.path("name").asString().equals(name)) {
                return ProcessHandle.of(process.path("pid").asLong()).orElseThrow();
            }
        }
        throw new AssertionError("no process " + name + " in " + status);
    }

    /** The containers of this cluster alone, running or not. */
    List<String> containers() throws IOException, InterruptedException {
        String id = Files.readAllLines(data().resolve("executor/cluster")).getFirst();
        return EngineCommand.docker("ps", "-aq", "--no-trunc", "--filter", "label=drove.cluster.id=" + id)
                .lines()
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }

    /** The instances of an app in that state. */
    List<JsonNode> instances(String appId, String state) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode instance : client().instances(appId).data()) {
            if (instance.path("state").asString().equals(state)) {
                found.add(instance);
            }
        }
        return found;
    }

    /** Why an instance of that app ended; waits for the first that did. */
    String reasonOfAnEnd(String appId) {
        return eventually()
                .until(() -> client().oldInstances(appId).data(), ended -> !ended.isEmpty())
                .get(0)
                .path("errorMessage")
                .asString("");
    }

    /** Creates an app of one instance, and does not wait for it. */
    void begin(JsonNode spec) throws IOException, InterruptedException {
        Path file = file(spec.path("name").asString() + ".json", spec.toString());
        drove("apps", "create", file.toString(), "--instances", "1").succeeded();
    }

    /** Creates an app of one instance, and returns that when it is healthy. */
    JsonNode run(JsonNode spec) throws IOException, InterruptedException {
        begin(spec);
        String appId = spec.path("name").asString() + "-" + spec.path("version").asString();
        return eventually()
                .until(() -> healthy(appId), found -> found.size() == 1)
                .getFirst();
    }

    /** Where the instance's port {@code main} is reached. */
    static URI address(JsonNode instance) {
        return URI.create("http://127.0.0.1:"
                + instance.path("localInfo")
                        .path("ports")
                        .path("main")
                        .path("hostPort")
                        .asInt());
    }

    List<JsonNode> healthy(String appId) {
        return instances(appId, "HEALTHY");
    }

    List<String> healthyIds(String appId) {
        return healthy(appId).stream()
                .map(instance -> instance.path("instanceId").asString())
                .sorted()
                .toList();
    }

    String state(String appId) {
        return client().application(appId).data().path("state").asString();
    }

    /** Waits up to a minute, through moments in which nobody answers. */
    static ConditionFactory eventually() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }

    /** Stops it and removes its containers. */
    void remove() throws IOException, InterruptedException {
        drove("dev", "stop", "--cleanup", "--data-dir", data().toString()).succeeded();
    }

    static Path projectRoot() {
        return ProjectRoot.find();
    }

    private static int freeOffset() {
        return IntStream.iterate(3_000, offset -> offset + 100)
                .limit(50)
                .filter(offset ->
                        IntStream.of(10_000, 10_001, 10_002, 11_000, 11_001).allMatch(port -> isFree(port + offset)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
