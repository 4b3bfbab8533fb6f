package io.drove.executor.agent;

import io.drove.executor.check.Clients;
import io.drove.executor.container.InjectedFile;
import io.drove.model.check.HttpScheme;
import io.drove.model.container.Blob;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gets the config files of an instance together (reference 4.6). What the controller was to fetch and did not is fetched here. */
final class ConfigFiles {
    /** The largest file that is read or fetched, in bytes: the limit that the original meant. */
    static final int BYTES_MAX = 1 << 20;

    List<InjectedFile> gather(List<ConfigSpec> configs) throws IOException, InterruptedException {
        List<InjectedFile> files = new ArrayList<>();
        for (ConfigSpec config : configs) {
            files.add(new InjectedFile(
                    config.localFilename(),
                    switch (config) {
                        case ConfigSpec.Inline inline -> inline.data();
                        case ConfigSpec.ExecutorLocalFile file -> local(Path.of(file.filePathOnHost()));
                        case ConfigSpec.ControllerHttpFetch fetch -> fetch(fetch.http());
                        case ConfigSpec.ExecutorHttpFetch fetch -> fetch(fetch.http());
                    }));
        }
        return files;
    }

    private static Blob local(Path file) throws IOException {
        // Opening a pipe would wait for a writer, and a device may never end.
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is no regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return bounded(in, file.toString());
        }
    }

    private static Blob bounded(InputStream in, String source) throws IOException {
        byte[] bytes = in.readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
            throw new IOException(source + " is larger than " + BYTES_MAX + " bytes");
        }
        return Blob.of(bytes);
    }

    private static Blob fetch(HttpCall call) throws IOException, InterruptedException {
        String scheme = call.protocol() == HttpScheme.HTTPS ? "https" : "http";
        int port = call.port() != 0 ? call.port() : call.protocol() == HttpScheme.HTTPS ? 443 : 80;
        String path = call.path().startsWith("/") ? call.path() : "/" + call.path();
        String source = scheme + "://" + call.hostname() + ":" + port + path;
        HttpRequest request = request(call, source);
        try (HttpClient client = Clients.of(call.connectionTimeout().toDuration(), call.insecure())) {
            CompletableFuture<Blob> answer = client.sendAsync(
                            request,
                            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), BYTES_MAX))
                    .thenApply(response -> accepted(call, source, response));
            try {
                return answer.get(
                        call.connectionTimeout().toNanos()
                                + call.operationTimeout().toNanos(),
                        TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new IOException("no answer in time from " + source, e);
            } catch (ExecutionException e) {
                throw new IOException("could not fetch " + source + ": " + e.getCause(), e);
            } finally {
                answer.cancel(true);
                client.shutdownNow();
            }
        }
    }

    private static Blob accepted(HttpCall call, String source, HttpResponse<byte[]> response) {
        if (!call.successCodes().contains(response.statusCode())) {
            throw new IllegalStateException(
                    source + " answered " + response.statusCode() + ", wanted one of " + call.successCodes());
        }
        return Blob.of(response.body());
    }

    private static HttpRequest request(HttpCall call, String source) throws IOException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(source))
                    .timeout(call.operationTimeout().toDuration())
                    .method(
                            call.verb().name(),
                            call.payload().isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(call.payload()));
            String username = call.username();
            String password = call.password();
            if (username != null && password != null) {
                byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
                request.setHeader(
                        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
            }
            String authHeader = call.authHeader();
            if (authHeader != null) {
                request.setHeader("Authorization", authHeader);
            }
            call.headers().forEach(request::setHeader);
            return request.build();
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot ask " + source + ": " + e.getMessage(), e);
        }
    }
}
