package io.drove.executor;

import io.drove.executor.container.DockerEngine;
import io.drove.executor.container.TestImage;
import io.drove.model.app.AppSpec;
import io.drove.model.app.JobType;
import io.drove.model.check.CheckMode;
import io.drove.model.check.CheckSpec;
import io.drove.model.check.HttpScheme;
import io.drove.model.check.HttpVerb;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.container.Blob;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.PortSpec;
import io.drove.model.container.PortType;
import io.drove.model.container.PullPolicy;
import io.drove.model.id.InstanceId;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import io.drove.model.resource.ResourceRequirement;
import io.drove.model.session.ToExecutor;
import io.drove.model.time.TimeSpan;
import io.drove.model.wire.SpecBytes;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** An executor on the real engine, with a leader made of frames; each container that it started is removed in the end. */
@SuppressWarnings("NullAway.Init") // the executor, by startExecutor, first in each test
class ExecutorOnEngine {
    @TempDir
    Path data;

    final FakeLeader leader = new FakeLeader(0, 3);
    final DockerEngine engine = TestImage.engine();
    final HttpClient http = HttpClient.newHttpClient();
    final List<InstanceId> started = new ArrayList<>();
    /** Names of images that go with the test. */
    final List<String> images = new ArrayList<>();

    ExecutorServer executor;

    @BeforeAll
    static void image() throws Exception {
        TestImage.ensure();
    }

    @AfterEach
    void tidy() throws Exception {
        executor.close();
        leader.close();
        for (InstanceId id : started) {
            engine.remove(container(id));
        }
        for (String image : images) {
            engine.removeImage(image);
        }
        engine.close();
    }

    void startExecutor() throws IOException {
        startExecutor(ExecutorConfig.DEFAULT.options());
        leader.awaitSession();
    }

    void startExecutor(ExecutorConfig.Options options) throws IOException {
        ExecutorConfig d = ExecutorConfig.DEFAULT;
        executor = ExecutorServer.start(
                new ExecutorConfig(
                        data.resolve("executor"),
                        new ExecutorConfig.Server("127.0.0.1", 0),
                        new ExecutorConfig.Admin("127.0.0.1", 0, false),
                        new ExecutorConfig.ClusterAuth(new Secret("test-secret"), List.of(), null),
                        new ExecutorConfig.Controllers(List.of(URI.create("http://127.0.0.1:1"), leader.uri())),
                        new ExecutorConfig.Resources(
                                List.of(),
                                100,
                                false,
                                List.of(),
                                new ExecutorConfig.OverProvisioned(true, 20, 1),
                                Map.of()),
                        options,
                        d.logs(),
                        d.dockerAuth()),
                Map.of("FROM_HOST", "host value"),
                "test");
    }

    String health() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + executor.adminPort() + "/health");
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The default options, but with this socket. */
    static ExecutorConfig.Options options(Path socket) {
        ExecutorConfig.Options options = ExecutorConfig.DEFAULT.options();
        return options(socket, options.cacheImages(), options.defaultUserSpec());
    }

    static ExecutorConfig.Options options(Path socket, boolean cacheImages, ExecutorConfig.@Nullable User user) {
        ExecutorConfig.Options options = ExecutorConfig.DEFAULT.options();
        return new ExecutorConfig.Options(
                options.hostname(),
                cacheImages,
                options.maxOpenFiles(),
                options.containerCommandTimeout(),
                socket,
                user,
                options.publishAddress(),
                options.hostPorts());
    }

    static CheckSpec check(CheckMode mode) {
        return new CheckSpec(mode, TimeSpan.ofSeconds(2), TimeSpan.ofSeconds(1), 3, TimeSpan.ofSeconds(0));
    }

    static CheckMode get() {
        return new CheckMode.Http(
                HttpScheme.HTTP,
                "main",
                "/",
                HttpVerb.GET,
                new TreeSet<>(List.of(200)),
                "",
                TimeSpan.ofSeconds(1),
                false);
    }

    /** The name of an instance's container. */
    static String container(InstanceId id) {
        return "exectest-1-" + id;
    }

    String metrics() throws Exception {
        return body("http://127.0.0.1:" + executor.adminPort() + "/metrics");
    }

    static AppSpec spec(List<String> args, String image, PreShutdownSpec preShutdown) {
        return new AppSpec(
                "exectest",
                "1",
                new Executable.Docker(image, TimeSpan.ofSeconds(20), PullPolicy.IF_NOT_PRESENT),
                List.of(new PortSpec("main", 8080, PortType.HTTP)),
                List.of(),
                List.of(new ConfigSpec.Inline(
                        "/www/conf.txt", Blob.of("from config".getBytes(StandardCharsets.UTF_8)))),
                JobType.SERVICE,
                LoggingSpec.DEFAULT,
                List.of(new ResourceRequirement.Cpu(1), new ResourceRequirement.Memory(32)),
                new PlacementPolicy.Any(),
                check(new CheckMode.Command("test -f /www/conf.txt || cat /www/conf.txt", false)),
                check(get()),
                Map.of(),
                Map.of("FROM_HOST", ""),
                args,
                List.of(),
                null,
                preShutdown,
                null,
                List.of());
    }

    InstanceId start(AppSpec spec) {
        UUID uuid = UUID.randomUUID();
        InstanceId id =
                new InstanceId(InstanceId.Kind.APP, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        started.add(id);
        String digest = SpecBytes.digest(spec);
        leader.say(new ToExecutor.Spec(digest, spec));
        leader.say(new ToExecutor.Start(
                leader.nextOrder(),
                3,
                id,
                spec.id(),
                digest,
                new Allocation(0, CoreSet.of(23 + started.size()), 32),
                "token-of-the-instance"));
        return id;
    }

    InstanceId startWeb() {
        return start(spec(
                List.of("sh", "-c", "echo hello from $DROVE_INSTANCE_ID; exec httpd -f -p 8080 -h /www"),
                TestImage.NAME,
                PreShutdownSpec.NONE));
    }

    String body(String url) throws Exception {
        return get(url).body();
    }

    HttpResponse<String> get(String url) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header(ClusterSecret.HEADER, "test-secret")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
