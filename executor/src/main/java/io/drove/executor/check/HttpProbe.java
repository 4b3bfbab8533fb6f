package io.drove.executor.check;

import io.drove.core.agent.Outcome;
import io.drove.model.check.CheckMode;
import io.drove.model.check.HttpScheme;
import io.drove.model.instance.PortBinding;
import io.drove.platform.fetch.Clients;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One HTTP request to a port of an instance: redirects are not followed, the whole has one timeout. */
final class HttpProbe {
    private static final int CLIENTS_MAX = 16;

    private record ClientKey(Duration connectTimeout, boolean insecure) {}

    /** A client holds its connect timeout; there are few different ones. */
    private final ConcurrentHashMap<ClientKey, HttpClient> clients = new ConcurrentHashMap<>();

    Outcome ask(CheckMode.Http check, List<PortBinding> ports, Duration timeout) throws InterruptedException {
        Optional<PortBinding> port =
                ports.stream().filter(p -> p.name().equals(check.portName())).findFirst();
        if (port.isEmpty()) {
            return new Outcome.Unhealthy("Healthcheck error: the instance has no port named " + check.portName());
        }
        String scheme = check.protocol() == HttpScheme.HTTPS ? "https" : "http";
        String path = check.path().startsWith("/") ? check.path() : "/" + check.path();
        String shown = scheme + "://localhost:" + port.get().hostPort() + path;
        HttpRequest request;
        try {
            request = request(check, own(scheme, port.get().hostPort(), path), timeout);
        } catch (IllegalArgumentException e) {
            return new Outcome.Unhealthy("Healthcheck error from " + shown + ": " + e.getMessage());
        }
        CompletableFuture<HttpResponse<byte[]>> answer = client(check).sendAsync(request, head -> new BoundedBody());
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (check.successCodes().contains(response.statusCode())) {
                return new Outcome.Passed();
            }
            return new Outcome.Unhealthy("Response from " + shown.toUpperCase(Locale.ROOT) + ": ["
                    + response.statusCode() + "] " + new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            return new Outcome.Unhealthy(
                    "Healthcheck error from " + shown + ": no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return failure(shown, cause == null ? e : cause);
        } finally {
            answer.cancel(true);
        }
    }

    /** The URI of a port of this machine; refuses a path that would lead anywhere else. */
    private static URI own(String scheme, int port, String path) {
        URI uri = URI.create(scheme + "://127.0.0.1:" + port + path);
        if (!"127.0.0.1".equals(uri.getHost()) || uri.getPort() != port || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("the path leads elsewhere");
        }
        return uri;
    }

    private static HttpRequest request(CheckMode.Http check, URI uri, Duration timeout) {
        HttpRequest.BodyPublisher body = check.payload().isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(check.payload());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(check.verb().name(), body).timeout(timeout);
        if (!check.payload().isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return request.build();
    }

    private static Outcome failure(String shown, Throwable cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String message = "Healthcheck error from " + shown + ": " + reason;
        boolean isSilent = cause instanceof IOException
                && !(cause instanceof HttpConnectTimeoutException)
                && (cause instanceof ConnectException
                        || reason.contains("received no bytes")
                        || reason.contains("Connection reset")
                        || reason.contains("EOF reached")
                        || reason.contains("Broken pipe"));
        return isSilent ? new Outcome.Unreachable(message) : new Outcome.Unhealthy(message);
    }

    private HttpClient client(CheckMode.Http check) {
        // Without TLS the system's certificates need not be loaded, which takes a while.
        boolean trustsAll = check.insecure() || check.protocol() == HttpScheme.HTTP;
        ClientKey key = new ClientKey(check.connectionTimeout().toDuration(), trustsAll);
        if (clients.size() >= CLIENTS_MAX && !clients.containsKey(key)) {
            return Clients.of(key.connectTimeout(), key.insecure());
        }
        return clients.computeIfAbsent(key, wanted -> Clients.of(wanted.connectTimeout(), wanted.insecure()));
    }
}
