package io.drove.dist.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Raw calls, for what a proper client would never send. */
record ApiCall(int status, String body) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static ApiCall get(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri));
    }

    static ApiCall get(URI uri, String username, String password) throws IOException, InterruptedException {
        return send(authenticated(uri, username, password));
    }

    static ApiCall post(URI uri, String username, String password, String body)
            throws IOException, InterruptedException {
        return send(authenticated(uri, username, password)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder authenticated(URI uri, String username, String password) {
        String pair = Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(uri).header("Authorization", "Basic " + pair);
    }

    private static ApiCall send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        return new ApiCall(response.statusCode(), response.body());
    }
}
