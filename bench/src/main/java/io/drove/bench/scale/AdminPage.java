package io.drove.bench.scale;

import io.drove.bench.watch.MeasurementFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The controller's metrics, as its admin port tells them. */
final class AdminPage {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client;
    private final HttpRequest request;

    AdminPage(HttpClient client, int port) {
        this.client = client;
        this.request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(TIMEOUT)
                .build();
    }

    /** Asks; empty when the controller does not answer now. */
    Optional<Reading> read() throws InterruptedException {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? Optional.of(Reading.of(System.nanoTime(), parse(response.body())))
                    : Optional.empty();
        } catch (IOException notNow) {
            return Optional.empty();
        }
    }

    /** Each sample's value by its name with labels. */
    static Map<String, Double> parse(String text) {
        Map<String, Double> values = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int blank = line.lastIndexOf(' ');
            if (blank <= 0) {
                throw new MeasurementFailed("no metric: " + line);
            }
            values.put(line.substring(0, blank), Double.parseDouble(line.substring(blank + 1)));
        });
        return values;
    }
}
