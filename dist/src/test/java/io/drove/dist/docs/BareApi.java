package io.drove.dist.docs;

import io.drove.controller.api.ApiSettings;
import io.drove.controller.api.Cluster;
import io.drove.controller.api.ControllerApi;
import io.drove.controller.feed.EventFeed;
import io.drove.controller.feed.FeedLimits;
import io.drove.core.contract.Reply;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Limits;
import io.drove.model.app.AppOperation;
import io.drove.model.id.AppId;
import io.drove.model.wire.SpecRules;
import io.drove.platform.http.HttpServer;
import io.drove.platform.id.Seed;
import io.drove.platform.security.ClusterSecret;
import io.drove.platform.security.Secret;
import io.drove.platform.time.Clock;
import io.drove.platform.time.Moment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The whole public API on a port, of a cluster in which nothing is and nothing happens. */
final class BareApi implements AutoCloseable {
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    BareApi() {
        Clock clock = () -> new Moment(0, 0);
        EventFeed feed = new EventFeed("localhost", clock, () -> new Seed(1, 1), FeedLimits.DEFAULT);
        ClusterSecret secret = new ClusterSecret(new Secret("of-the-test"));
        ControllerApi api = new ControllerApi(
                new Empty(), feed, ApiSettings.of("localhost:1", null, secret, SpecRules.DEFAULT), clock);
        server = HttpServer.builder("api").routes(api::addTo).start();
    }

    /** Whether a path, {@code METHOD /path/with/{names}} below {@code /apis/v1}, is one that the API knows: 404 and 405 are for those that it does not. */
    boolean serves(String path) {
        String[] parts = path.replaceAll("\\{\\w+}", "x").split(" ", 2);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/apis/v1" + parts[1]))
                .method(parts[0], HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status != 404 && status != 405;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    private static final class Empty implements Cluster {
        @Override
        public CompletionStage<Reply> ask(AppOperation operation) {
            return refused();
        }

        @Override
        public CompletionStage<Reply> cancel(AppId app) {
            return refused();
        }

        private static CompletionStage<Reply> refused() {
            return CompletableFuture.completedStage(
                    Reply.Refused.because(Reply.RefusalCode.WRONG_STATE, "of the test"));
        }

        @Override
        public ClusterState published() {
            return ClusterState.empty(Limits.DEFAULT);
        }

        @Override
        public boolean isLeading() {
            return true;
        }
    }
}
