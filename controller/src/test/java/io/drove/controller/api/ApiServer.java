package io.drove.controller.api;

import io.drove.model.wire.SpecRules;
import io.drove.platform.http.HttpServer;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.Role;
import io.drove.platform.security.Secret;
import io.drove.platform.security.User;
import io.drove.platform.security.UserStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API on a port, over a scripted cluster, with the users of the recorded exchanges. */
final class ApiServer implements AutoCloseable {
    static final ClusterSecret SECRET = new ClusterSecret(new Secret("ControllerSecret"));
    static final JsonMapper JSON = JsonMapper.builder().build();

    final ScriptedCluster cluster = new ScriptedCluster();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    ApiServer() {
        this(ApiSettings.of("localhost:4000", users(), SECRET, SpecRules.DEFAULT));
    }

    ApiServer(ApiSettings settings) {
        ControllerApi api = new ControllerApi(cluster, cluster.feed, settings, cluster);
        server = HttpServer.builder("api")
                .authenticated(settings.isAuthenticated())
                .routes(api::addTo)
                .start();
    }

    static UserStore users() {
        return new UserStore(
                List.of(
                        new User("root", new Secret("root"), Role.EXTERNAL_ROOT),
                        new User("admin", new Secret("admin"), Role.EXTERNAL_READ_WRITE),
                        new User("maint", new Secret("maint"), Role.EXTERNAL_MAINTENANCE),
                        new User("guest", new Secret("guest"), Role.EXTERNAL_READ_ONLY),
                        new User("norole", new Secret("norole"), null)),
                UserStore.Encoding.PLAIN);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A request as that user, or as nobody. */
    HttpRequest.Builder request(@Nullable String user, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (user != null) {
            String pair = user.contains(":") ? user : user + ":" + user;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return request;
    }

    HttpResponse<String> get(String path) {
        return send(request("admin", path).GET());
    }

    HttpResponse<String> post(String path, String body) {
        return send(request("admin", path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The data of a successful answer. */
    JsonNode data(String path) {
        return JSON.readTree(get(path).body()).path("data");
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
