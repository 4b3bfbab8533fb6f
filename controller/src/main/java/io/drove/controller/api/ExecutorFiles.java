package io.drove.controller.api;

import io.drove.model.executor.ExecutorInventory;
import io.drove.platform.security.ClusterSecret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Fetches log files from executors, on whose own port they are served to whoever has the cluster's secret (reference 3). */
final class ExecutorFiles {
    private static final int ERROR_MAX = 4_096;
    private static final int BUFFER = 32_768;

    private final HttpClient client;
    private final ClusterSecret secret;
    private final String self;
    private final Duration idleTimeout;

    ExecutorFiles(ApiSettings settings) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.executorConnectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.secret = settings.secret();
        this.self = settings.self();
        this.idleTimeout = settings.executorIdleTimeout();
    }

    /** One component of a path, with everything escaped that could be more than that. */
    static String component(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Asks an executor; returns when the head of its answer is there. */
    Transfer open(ExecutorInventory executor, String path) throws IOException, InterruptedException {
        String scheme = executor.transport().name().toLowerCase(Locale.ROOT);
        URI uri = URI.create(
                scheme + "://" + executor.hostname() + ":" + executor.port() + "/apis/v1/logs/filestream/" + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(idleTimeout)
                .header(ClusterSecret.HEADER, secret.secret().reveal())
                .header(ClusterSecret.NODE_HEADER, self)
                .build();
        return new Transfer(client.send(request, HttpResponse.BodyHandlers.ofInputStream()), idleTimeout);
    }

    /** An answer that is being received. */
    static final class Transfer implements AutoCloseable {
        private final HttpResponse<InputStream> response;
        private final Duration idleTimeout;
        private final AtomicLong received = new AtomicLong();

        Transfer(HttpResponse<InputStream> response, Duration idleTimeout) {
            this.response = response;
            this.idleTimeout = idleTimeout;
        }

        int status() {
            return response.statusCode();
        }

        String contentType() {
            return response.headers().firstValue("Content-Type").orElse("application/json");
        }

        /** The first words of the body, for an error message. */
        String beginning() throws IOException {
            return new String(response.body().readNBytes(ERROR_MAX), StandardCharsets.UTF_8);
        }

        /** Whether some of it was passed on, so that another answer cannot be given any more. */
        boolean isBegun() {
            return received.get() > 0;
        }

        /** Copies all of it, and gives up when nothing comes for too long. Closes the target only after all of it: an end says that it is complete. */
        void copyTo(OutputStream target) throws IOException {
            CountDownLatch over = new CountDownLatch(1);
            Thread.startVirtualThread(() -> watch(over));
            try {
                byte[] buffer = new byte[BUFFER];
                InputStream body = response.body();
                int count = body.read(buffer);
                while (count >= 0) {
                    received.addAndGet(count);
                    target.write(buffer, 0, count);
                    count = body.read(buffer);
                }
                target.close();
            } finally {
                over.countDown();
            }
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }

        /** Ends a transfer that has stopped: closing the stream wakes whoever reads it. A slow client counts as well, since then nothing is read. */
        private void watch(CountDownLatch over) {
            try {
                long before = -1;
                while (!over.await(idleTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
                    if (received.get() == before) {
                        close();
                        return;
                    }
                    before = received.get();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            } catch (IOException alreadyBroken) {
                // Whoever reads it is told.
                return;
            }
        }
    }
}
