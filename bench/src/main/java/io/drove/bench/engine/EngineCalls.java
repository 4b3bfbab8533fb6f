package io.drove.bench.engine;

import io.drove.bench.watch.MeasurementFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls to the Docker Engine API as bare as they can be: one connection each, HTTP/1.0, so that an answer ends with the connection. */
public final class EngineCalls {
    private static final int ANSWER_BYTES_MAX = 64 * 1024 * 1024;

    private final Path socket;
    private final JsonMapper json = JsonMapper.shared();

    public EngineCalls(Path socket) {
        this.socket = socket;
    }

    public String version() {
        return get("/version").path("Version").asString("");
    }

    /** What it tells of the machine and of itself. */
    public JsonNode info() {
        return get("/info");
    }

    /** Whether it answers at all. */
    boolean isUp() {
        try {
            return send("GET", "/_ping", "").startsWith("HTTP/1.0 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Containers with a label, running or not; with {@code label=value} only those of that value. */
    public JsonNode containers(String label) {
        return get("/containers/json?all=true&filters=" + encode("{\"label\":[\"" + label + "\"]}"));
    }

    public JsonNode inspect(String container) {
        return get("/containers/" + container + "/json");
    }

    JsonNode get(String path) {
        return call("GET", path, "");
    }

    JsonNode post(String path, JsonNode body) {
        return call("POST", path, body.toString());
    }

    JsonNode post(String path) {
        return call("POST", path, "");
    }

    /** Takes it away; fine if it is not there. */
    void delete(String path) {
        call("DELETE", path, "", Set.of("404"));
    }

    private JsonNode call(String method, String path, String body) {
        return call(method, path, body, Set.of());
    }

    /** The answer's JSON; a missing node when it has none. */
    private JsonNode call(String method, String path, String body, Set<String> accepted) {
        try {
            String answer = send(method, path, body);
            int headEnd = answer.indexOf("\r\n\r\n");
            String[] statusLine = answer.split(" ", 3);
            boolean isWhole = headEnd >= 0 && statusLine.length == 3;
            if (!isWhole || (statusLine[1].compareTo("400") >= 0 && !accepted.contains(statusLine[1]))) {
                throw new MeasurementFailed("the engine refused " + method + " " + path + ": " + answer);
            }
            return json.readTree(answer.substring(headEnd));
        } catch (IOException e) {
            throw new MeasurementFailed("no answer from the engine to " + method + " " + path, e);
        }
    }

    private String send(String method, String path, String body) throws IOException {
        byte[] payload = body.getBytes(StandardCharsets.UTF_8);
        String head =
                method + " " + path + " HTTP/1.0\r\nHost: engine\r\nContent-Type: application/json\r\nContent-Length: "
                        + payload.length + "\r\n\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = ByteBuffer.allocate(headBytes.length + payload.length);
        request.put(headBytes).put(payload).flip();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            while (request.hasRemaining()) {
                channel.write(request);
            }
            return readAll(channel);
        }
    }

    private static String readAll(SocketChannel channel) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        while (channel.read(buffer) >= 0) {
            answer.write(buffer.array(), 0, buffer.position());
            buffer.clear();
            if (answer.size() > ANSWER_BYTES_MAX) {
                throw new IOException("an answer of more than " + ANSWER_BYTES_MAX + " bytes");
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
