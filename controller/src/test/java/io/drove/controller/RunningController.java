package io.drove.controller;

import static org.awaitility.Awaitility.await;

import io.drove.platform.security.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** A controller with its real journal, on ports of its own. */
final class RunningController implements AutoCloseable {
    static final String SECRET = "cluster-secret-of-a-test";

    final ControllerServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningController(ControllerServer server) {
        this.server = server;
    }

    static RunningController start(Path directory, int raftPort) throws IOException {
        ControllerConfig defaults = ControllerConfig.DEFAULT;
        return start(new ControllerConfig(
                directory,
                new ControllerConfig.Server("127.0.0.1", 0, false),
                new ControllerConfig.Admin("127.0.0.1", 0, false),
                new ControllerConfig.Raft(raftPort, "1", java.util.List.of(), false),
                new ControllerConfig.ClusterAuth(new Secret(SECRET), java.util.List.of(), null),
                defaults.instanceAuth(),
                defaults.userAuth(),
                defaults.options()));
    }

    static RunningController start(ControllerConfig config) throws IOException {
        RunningController started = new RunningController(ControllerServer.start(config, "test"));
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(started.server::isServing);
        return started;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(api(path)).GET());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(api(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> admin(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + path)));
    }

    URI api(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
        client.shutdownNow();
    }
}
