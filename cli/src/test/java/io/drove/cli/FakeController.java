package io.drove.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drove.client.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A controller that answers each request line with what it was told, the last answer again and again, and remembers what it was asked. */
final class FakeController implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

    private byte[] log = {};

    record Answer(int status, String type, byte[] body) {}

    record Request(String line, String authorization, String body) {}

    FakeController() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A recorded body. */
    FakeController recorded(String line, String name) {
        return on(line, 200, "application/json", capture(name));
    }

    FakeController data(String line, String data) {
        return on(
                line,
                200,
                "application/json",
                "{\"status\":\"SUCCESS\",\"data\":" + data + ",\"message\":\"success\"}");
    }

    FakeController raw(String line, String body) {
        return on(line, 200, "application/json", body);
    }

    synchronized FakeController on(String line, int status, String type, String body) {
        answers.computeIfAbsent(line, missing -> new ArrayDeque<>())
                .add(new Answer(status, type, body.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** What the log file holds from now on. */
    synchronized FakeController log(byte[] bytes) {
        log = bytes.clone();
        return this;
    }

    /** As an executor reads: bytes from an offset, decoded page by page. */
    private synchronized Answer readLog(String query) {
        if (query.isEmpty()) {
            return json("{\"data\":\"\",\"offset\":" + log.length + "}");
        }
        int offset = Integer.parseInt(query.replaceAll(".*offset=(\\d+).*", "$1"));
        int length = Integer.parseInt(query.replaceAll(".*length=(\\d+).*", "$1"));
        int from = Math.min(offset, log.length);
        String text = new String(log, from, Math.min(length, log.length - from), StandardCharsets.UTF_8);
        return json(Json.compact(Json.object().put("data", text).put("offset", offset)));
    }

    private static Answer json(String body) {
        return new Answer(200, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    static String capture(String name) {
        try (InputStream in = FakeController.class.getResourceAsStream("/captures/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no capture " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(line, authorization == null ? "" : authorization, body));
        Answer answer = next(line);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    private synchronized Answer next(String line) {
        if (line.contains("/read/output.log")) {
            return readLog(line.contains("?") ? line.substring(line.indexOf('?')) : "");
        }
        Deque<Answer> queue = answers.get(line.replace("/apis/v1", ""));
        if (queue == null) {
            return new Answer(404, "text/html", "<html>404</html>".getBytes(StandardCharsets.UTF_8));
        }
        return queue.size() > 1 ? queue.remove() : queue.element();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
