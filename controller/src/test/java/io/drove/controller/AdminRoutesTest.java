package io.drove.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.controller.link.InstanceTokens;
import io.drove.controller.link.SessionLimits;
import io.drove.controller.link.Sessions;
import io.drove.controller.loop.LoopFixture;
import io.drove.platform.http.HttpServer;
import io.drove.platform.security.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AdminRoutesTest {
    private final LoopFixture given = new LoopFixture(true);
    private final Sessions sessions = new Sessions(
            given.loop, new InstanceTokens(new Secret("instance-secret")), given.clock, SessionLimits.DEFAULT);
    private final AtomicReference<Optional<HttpServer>> api = new AtomicReference<>(Optional.empty());

    @Test
    void one_that_leads_is_ready_when_its_api_is_open() throws Exception {
        given.with(sessions, sessions).serving(5);
        AdminRoutes routes = new AdminRoutes(given.loop, sessions, new ControllerMetrics(), "test", api::get);

        try (HttpServer admin =
                HttpServer.builder("admin").routes(routes::addTo).start()) {
            assertThat(status(admin, "/health")).isEqualTo(200);
            assertThat(status(admin, "/ready")).isEqualTo(503);

            api.set(Optional.of(admin));
            assertThat(status(admin, "/ready")).isEqualTo(200);
        }
    }

    private static int status(HttpServer server, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
