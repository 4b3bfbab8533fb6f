package io.drove.platform.fetch;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A request for a document. Redirects are not followed. Does not print its headers and body, which may be secret.
 *
 * @param body empty for none
 * @param wanted the statuses of an answer that is taken; empty takes any
 * @param insecure any certificate will do, of any name
 */
public record Fetch(
        String url,
        String method,
        Map<String, String> headers,
        String body,
        SortedSet<Integer> wanted,
        boolean insecure,
        Limits limits) {
    /** How long it may take to connect, and to answer after that; how many bytes the document may have. */
    public record Limits(Duration connect, Duration answer, int bytesMax) {
        /** The same, with no time longer than this one. */
        public Limits within(Duration longest) {
            return new Limits(shorter(connect, longest), shorter(answer, longest), bytesMax);
        }

        private static Duration shorter(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }
    }

    public Fetch {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        wanted = Collections.unmodifiableSortedSet(new TreeSet<>(wanted));
    }

    @Override
    public String toString() {
        return "Fetch[" + method + " " + url + "]";
    }

    /** Asks, and waits for the whole answer. */
    public HttpResponse<byte[]> run() throws FetchFailed, InterruptedException {
        HttpRequest request = request();
        try (HttpClient client = Clients.of(limits.connect(), insecure)) {
            CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                    request,
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), limits.bytesMax()));
            try {
                Duration patience = limits.connect().plus(limits.answer());
                return accepted(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                throw new FetchFailed(
                        "no whole answer within " + limits.answer().toMillis() + " ms", e);
            } catch (ExecutionException e) {
                throw new FetchFailed(reason(request.uri(), e.getCause()), e);
            } finally {
                answer.cancel(true);
                client.shutdownNow();
            }
        }
    }

    private HttpResponse<byte[]> accepted(HttpResponse<byte[]> response) throws FetchFailed {
        if (!wanted.isEmpty() && !wanted.contains(response.statusCode())) {
            throw new FetchFailed("it answered " + response.statusCode() + ", wanted "
                    + (wanted.size() == 1 ? wanted.first() : "one of " + wanted));
        }
        return response;
    }

    private HttpRequest request() throws FetchFailed {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(limits.answer())
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body));
            headers.forEach(request::setHeader);
            return request.build();
        } catch (IllegalArgumentException e) {
            throw new FetchFailed("it cannot be asked: " + e.getMessage(), e);
        }
    }

    private String reason(URI uri, @Nullable Throwable cause) {
        String said = cause == null || cause.getMessage() == null ? "the connection broke off" : cause.getMessage();
        return switch (cause) {
            case HttpConnectTimeoutException _ ->
                "no connection within " + limits.connect().toMillis() + " ms";
            case HttpTimeoutException _ -> "no answer within " + limits.answer().toMillis() + " ms";
            case ConnectException refused when isUnknownHost(refused) -> "there is no host " + uri.getHost();
            case ConnectException _ -> "nobody listens there";
            case SSLException tls -> "no secure connection: " + tls.getMessage();
            case null, default ->
                said.startsWith("body exceeds") ? "the answer is larger than " + limits.bytesMax() + " bytes" : said;
        };
    }

    private static boolean isUnknownHost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
