package io.drove.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drove.client.Json;
import io.drove.model.wire.ApiJson;
import io.drove.model.wire.Decoded;
import io.drove.model.wire.Envelope;
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
import tools.jackson.databind.JsonNode;

/** A controller that answers each request line with what it was told, the last answer again and again, and remembers what it was asked. */
final class FakeController implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

    private byte[] log = {};
    private Pages pages = Pages.OF_OURS;

    /** Whose executor reads the log. */
    enum Pages {
        OF_OURS,
        OF_THE_ORIGINAL
    }

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

    /** A success as our controller writes it. */
    FakeController data(String line, String data, String... warnings) {
        JsonNode tree = Json.read(data.getBytes(StandardCharsets.UTF_8));
        return envelope(line, 200, Envelope.success(tree, List.of(warnings)));
    }

    /** A refused document as our controller writes it. */
    FakeController refused(String line, Decoded.Invalid<?> document) {
        return envelope(line, 400, Envelope.invalid(document));
    }

    private FakeController envelope(String line, int status, Envelope<?> envelope) {
        return on(line, status, "application/json", new String(ApiJson.write(envelope), StandardCharsets.UTF_8));
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

    synchronized FakeController pages(Pages kind) {
        pages = kind;
        return this;
    }

    /** Bytes from an offset, decoded page by page. */
    private synchronized Answer readLog(String query) {
        if (query.isEmpty()) {
            return json("{\"data\":\"\",\"offset\":" + log.length + "}");
        }
        int offset = Integer.parseInt(query.replaceAll(".*offset=(\\d+).*", "$1"));
        int length = Integer.parseInt(query.replaceAll(".*length=(\\d+).*", "$1"));
        int from = Math.min(offset, log.length);
        int end = Math.min(from + length, log.length);
        String text = switch (pages) {
            case OF_THE_ORIGINAL -> new String(log, from, end - from, StandardCharsets.UTF_8);
            case OF_OURS -> wholeCharacters(from, end);
        };
        return json(Json.compact(Json.object().put("data", text).put("offset", offset)));
    }

    /** Our executor: what the end cuts is left for the next page, and each byte that is no text is a question mark. */
    private String wholeCharacters(int from, int end) {
        StringBuilder text = new StringBuilder();
        int at = from;
        while (at < end) {
            int size = Math.max(1, Integer.numberOfLeadingZeros(~((log[at] & 0xff) << 24)));
            boolean starts = (log[at] & 0xc0) != 0x80;
            if (starts && at + size > end) {
                break;
            }
            text.append(starts ? new String(log, at, size, StandardCharsets.UTF_8) : "?");
            at += starts ? size : 1;
        }
        return text.toString();
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
