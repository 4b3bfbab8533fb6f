package io.drove.controller;

import io.drove.controller.link.Sessions;
import io.drove.controller.loop.ControlLoop;
import io.drove.platform.http.HttpServer;
import io.drove.platform.http.Routes;
import io.drove.platform.metrics.Metrics;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The admin port: {@code /health} says whether this process works (a follower does) and its API's listener, once it was opened, takes connections, {@code /ready} whether it leads and serves, {@code /metrics} the
 * numbers.
 */
final class AdminRoutes {
    // A loop that has not stepped, or a batch that has not synced, for so long needs somebody to look.
    private static final Duration STUCK = Duration.ofSeconds(10);

    private final ControlLoop loop;
    private final Sessions sessions;
    private final ControllerMetrics metrics;
    private final String version;
    private final Supplier<Optional<HttpServer>> api;
    private final JsonMapper json = JsonMapper.builder().build();

    AdminRoutes(
            ControlLoop loop,
            Sessions sessions,
            ControllerMetrics metrics,
            String version,
            Supplier<Optional<HttpServer>> api) {
        this.api = api;
        this.loop = loop;
        this.sessions = sessions;
        this.metrics = metrics;
        this.version = version;
    }

    void addTo(Routes routes) {
        routes.get("/health", (_, response) -> answer(response, false));
        routes.get("/ready", (_, response) -> answer(response, true));
        routes.get("/metrics", this::metrics);
    }

    private void answer(ServerResponse response, boolean mustLead) {
        ControlLoop.Pulse pulse = loop.pulse();
        Optional<HttpServer> ended = api.get().filter(HttpServer::hasEnded);
        boolean isHealthy =
                ended.isEmpty() && pulse.sinceStep() < STUCK.toNanos() && pulse.oldestBatch() < STUCK.toNanos();
        ObjectNode body = json.createObjectNode();
        body.put("healthy", isHealthy);
        ended.ifPresent(listener -> body.put(
                "trouble",
                "the " + listener.name() + " listener has ended; this process ends soon, to be started again"));
        body.put("leading", loop.isLeading());
        body.put("version", version);
        body.put("cluster", String.valueOf(loop.published().durable().cluster()));
        body.put("epoch", loop.published().durable().epoch());
        body.put("executors", sessions.connected());
        body.put("millisSinceStep", Duration.ofNanos(pulse.sinceStep()).toMillis());
        body.put("millisOfOldestBatch", Duration.ofNanos(pulse.oldestBatch()).toMillis());
        boolean isServing = loop.isLeading() && api.get().isPresent();
        boolean isGood = isHealthy && (!mustLead || isServing);
        response.status(isGood ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
                .header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(json.writeValueAsBytes(body));
    }

    private void metrics(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, Metrics.CONTENT_TYPE);
        response.send(metrics.text(loop.published()));
    }
}
