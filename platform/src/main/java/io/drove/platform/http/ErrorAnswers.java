package io.drove.platform.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The answers that are the same on every endpoint when something is wrong. */
public final class ErrorAnswers {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ErrorAnswers() {}

    /** {@code {"status":"FAILED","message":…}} with the status given. */
    public static void envelope(ServerResponse response, Status status, String message) {
        json(response, status, bytes(failed(message)));
    }

    /** A failure of ours: 500 with the id under which it is logged. What broke is for who runs the server, not for who calls it. */
    static void unexpected(ServerResponse response, String id) {
        ObjectNode body = failed("Unexpected Server error");
        body.putObject("data").put("failure", "the server's log has it as id=" + id);
        json(response, Status.INTERNAL_SERVER_ERROR_500, bytes(body));
    }

    /** What a handler refused by an exception that names the status: a page where the original has one, else an envelope. */
    static void refused(ServerResponse response, Status status, @Nullable String message) {
        if (status.equals(Status.NOT_FOUND_404) || status.equals(Status.FORBIDDEN_403)) {
            page(response, status);
        } else {
            envelope(response, status, Objects.requireNonNullElse(message, status.reasonPhrase()));
        }
    }

    /** To be thrown where a WebSocket listener refuses a client: the upgrade is answered with this status. */
    public static RequestException upgradeRefused(Status status, String message) {
        return RequestException.builder()
                .type(DirectHandler.EventType.BAD_REQUEST)
                .status(status)
                .message(message)
                .build();
    }

    /** A short HTML page, as browsers and the original's clients get for paths that nobody serves. */
    public static void page(ServerResponse response, Status status) {
        String title = status.code() + " " + status.reasonPhrase();
        String page = "<html>\n<head><title>Error " + title + "</title></head>\n<body><h2>HTTP ERROR " + title
                + "</h2></body>\n</html>\n";
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, "text/html;charset=utf-8")
                .header(HeaderNames.CACHE_CONTROL, "must-revalidate,no-cache,no-store");
        response.send(page.getBytes(StandardCharsets.UTF_8));
    }

    /** The body of an envelope that says no. */
    static byte[] failedBody(String message) {
        return bytes(failed(message));
    }

    private static ObjectNode failed(String message) {
        return JSON.createObjectNode().put("status", "FAILED").put("message", message);
    }

    private static byte[] bytes(ObjectNode body) {
        return JSON.writeValueAsBytes(body);
    }

    private static void json(ServerResponse response, Status status, byte[] body) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(body);
    }
}
