package io.drove.controller.api;

import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.HttpCall;
import io.drove.model.id.AppId;
import io.drove.platform.fetch.Fetch;
import io.drove.platform.fetch.FetchFailed;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /internal/configs/…}: fetches a config of the type {@code CONTROLLER_HTTP_FETCH} for the executor that starts an instance (reference 4.6), at each start anew.
 * It is named by its app and its place among the app's configs, so that whoever asks has no say in where to. What goes wrong is answered in words for the instance's owner.
 */
final class FetchedConfigs {
    private static final Logger LOG = LoggerFactory.getLogger(FetchedConfigs.class);
    private static final int AT_ONCE = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<ClusterState> published;
    private final Semaphore permits = new Semaphore(AT_ONCE);

    FetchedConfigs(Supplier<ClusterState> published) {
        this.published = published;
    }

    Handler handler() {
        return (request, response) -> {
            Call call = new Call(request);
            Optional<HttpCall> wanted = find(call.path("id"), call.path("index"));
            if (wanted.isEmpty()) {
                refuse(response, Status.NOT_FOUND_404, "this app has no such config");
            } else if (!permits.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                refuse(response, Status.SERVICE_UNAVAILABLE_503, "too many configs are being fetched already");
            } else {
                try {
                    fetch(call.path("id"), wanted.get(), response);
                } finally {
                    permits.release();
                }
            }
        };
    }

    private Optional<HttpCall> find(String id, String index) {
        AppRecord app = published.get().durable().app(new AppId(id));
        if (app == null || !index.matches("\\d{1,4}")) {
            return Optional.empty();
        }
        List<ConfigSpec> configs = app.spec().configs();
        int place = Integer.parseInt(index);
        return place < configs.size() && configs.get(place) instanceof ConfigSpec.ControllerHttpFetch fetch
                ? Optional.of(fetch.http())
                : Optional.empty();
    }

    private static void fetch(String app, HttpCall call, ServerResponse response) throws InterruptedException {
        Fetch fetch = new Fetch(
                call.url(),
                call.verb().name(),
                call.requestHeaders(),
                call.payload(),
                call.successCodes(),
                call.insecure(),
                new Fetch.Limits(
                                call.connectionTimeout().toDuration(),
                                call.operationTimeout().toDuration(),
                                HttpCall.ANSWER_BYTES_MAX)
                        .within(HttpCall.LONGEST.toDuration()));
        byte[] content;
        try {
            content = fetch.run().body();
        } catch (FetchFailed failed) {
            LOG.info("config not fetched app={} url={} reason={}", app, call.url(), failed.getMessage());
            refuse(response, Status.BAD_GATEWAY_502, String.valueOf(failed.getMessage()));
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
        response.send(content);
    }

    private static void refuse(ServerResponse response, Status status, String reason) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, "text/plain");
        response.send(reason.getBytes(StandardCharsets.UTF_8));
    }
}
