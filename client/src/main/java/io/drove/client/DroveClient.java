package io.drove.client;

import io.drove.client.CallFailedException.Details;
import io.drove.client.CallFailedException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The public API under {@code /apis/v1}. Every call has a deadline and either returns what was asked for or throws a
 * {@link CallFailedException}; an envelope with status {@code FAILED} is a failure even when the HTTP status is 200, as the original answers for
 * what it cannot find. With several endpoints the calls go to the leader, which is looked for again when it has moved. Thread-safe.
 */
public final class DroveClient {
    private static final String API = "/apis/v1";
    // A controller that stands still accepts connections all the same; the next one is not to wait for it.
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(3);
    private static final String NOT_LEADER = "This node is not the leader controller";

    private final Exchange exchange;
    private final Endpoints endpoints;

    public DroveClient(Connection connection) {
        exchange = new Exchange(connection);
        Duration patience =
                connection.readTimeout().compareTo(PING_TIMEOUT) < 0 ? connection.readTimeout() : PING_TIMEOUT;
        endpoints = new Endpoints(
                connection.endpoints(), new Exchange(connection.withTimeouts(connection.connectTimeout(), patience)));
    }

    /** The controller that calls go to now. */
    public URI leader() {
        return endpoints.leader();
    }

    /** Succeeds on the leader alone. */
    public Reply ping() {
        return get("/ping");
    }

    public Reply cluster() {
        return get("/cluster");
    }

    public Reply executors() {
        return get("/cluster/executors");
    }

    public Reply executor(String executorId) {
        return get("/cluster/executors/" + segment(executorId));
    }

    /** Every exposed app with the hosts and ports of its healthy instances. */
    public Reply endpoints() {
        return get("/endpoints");
    }

    /** A map from app id to summary. */
    public Reply applications() {
        return get("/applications");
    }

    public Reply application(String appId) {
        return get("/applications/" + segment(appId));
    }

    public Reply spec(String appId) {
        return get("/applications/" + segment(appId) + "/spec");
    }

    /** The instances that live; {@link #oldInstances} has the others. */
    public Reply instances(String appId) {
        return get("/applications/" + segment(appId) + "/instances");
    }

    public Reply oldInstances(String appId) {
        return get("/applications/" + segment(appId) + "/instances/old");
    }

    /** One instance in whatever state. */
    public Reply instance(String appId, String instanceId) {
        return get("/applications/" + segment(appId) + "/instances/" + segment(instanceId));
    }

    /** Checks a spec without creating anything; the reply may carry warnings. */
    public Reply validate(JsonNode spec) {
        return post("/applications/validate/spec", Json.bytes(spec));
    }

    /** Hands over an operation; success means that it was accepted, not that it is done. */
    public Reply operate(JsonNode operation) {
        return operate(Prepared.of(operation));
    }

    /** The same with an operation that is written already. */
    public Reply operate(Prepared.One operation) {
        return post("/applications/operations", operation.body);
    }

    /**
     * Hands over several operations in one call, an addition of ours: 1 to 1,000 of them, in this order. Fails as other calls do when nothing was done, such as for a mistake in one of them; that
     * some were refused is no failure.
     */
    public Outcomes operateAll(List<? extends JsonNode> operations) {
        return operateAll(Prepared.of(operations));
    }

    /** The same with operations that are written already. */
    public Outcomes operateAll(Prepared.Several operations) {
        String path = API + "/applications/operations/batch";
        Exchange.Answer answer = call("POST", path, operations.body);
        JsonNode tree = isJson(answer) ? tree(answer, path) : Json.object();
        JsonNode outcomes = tree.path("data").path("operations");
        if (outcomes.isArray() && outcomes.size() == operations.count) {
            return Outcomes.of(outcomes, warnings(tree));
        }
        if (answer.status() == 200 || outcomes.isArray()) {
            String what = endpoints.leader() + " does not say what became of each of " + operations.count
                    + " operations; look before you ask again";
            throw new CallFailedException(Kind.UNREADABLE, what, Details.NONE);
        }
        throw refusal(answer, path);
    }

    /** Cancels the operation that runs on that app. */
    public Reply cancel(String appId) {
        return post("/applications/operations/" + segment(appId) + "/cancel", new byte[0]);
    }

    /** One operation's record. */
    public Reply operation(String operationId) {
        return get("/operations/" + segment(operationId));
    }

    /** The operations of an app that are still remembered, newest first. */
    public Reply operations(String appId) {
        return get("/applications/" + segment(appId) + "/operations");
    }

    /** The names of an instance's log files. */
    public List<String> logFiles(String appId, String instanceId) {
        return Reply.texts(logs(appId, instanceId, "/list").path("files"));
    }

    /** Where a log file ends now, in bytes. */
    public long logLength(String appId, String instanceId, String file) {
        return logs(appId, instanceId, "/read/" + segment(file)).path("offset").asLong(0);
    }

    /** At most {@code length} bytes of a log file from byte {@code offset}; characters that the cut splits come as U+FFFD. */
    public LogPage readLog(String appId, String instanceId, String file, long offset, int length) {
        JsonNode page = logs(appId, instanceId, "/read/" + segment(file) + "?offset=" + offset + "&length=" + length);
        return new LogPage(page.path("data").asString(""), page.path("offset").asLong(offset));
    }

    /**
     * Copies a whole log file.
     *
     * @throws IOException when {@code target} cannot be written
     */
    public void downloadLog(String appId, String instanceId, String file, OutputStream target) throws IOException {
        String path = API + logPath(appId, instanceId) + "/download/" + segment(file);
        Exchange.Answer answer = exchange.download(under(endpoints.leader(), path), target);
        if (answer.status() != 200) {
            throw refusal(answer, path);
        }
    }

    private JsonNode logs(String appId, String instanceId, String rest) {
        String path = API + logPath(appId, instanceId) + rest;
        Exchange.Answer answer = call("GET", path, null);
        if (answer.status() != 200) {
            throw refusal(answer, path);
        }
        return tree(answer, path);
    }

    private static String logPath(String appId, String instanceId) {
        return "/logfiles/applications/" + segment(appId) + "/" + segment(instanceId);
    }

    private Reply get(String path) {
        return envelope(call("GET", API + path, null), API + path);
    }

    private Reply post(String path, byte[] body) {
        return envelope(call("POST", API + path, body), API + path);
    }

    /** Goes to the leader; when it turns out to have moved, looks for it once more. A POST is only repeated if it was refused unread. */
    private Exchange.Answer call(String method, String path, byte @Nullable [] body) {
        try {
            Exchange.Answer answer = exchange.call(method, under(endpoints.leader(), path), body);
            if (!endpoints.areSeveral() || !isFromFollower(answer, path)) {
                return answer;
            }
        } catch (CallFailedException failure) {
            boolean again = endpoints.areSeveral() && failure.kind() == Kind.UNREACHABLE && body == null;
            endpoints.forget();
            if (!again) {
                throw failure;
            }
        }
        endpoints.forget();
        return exchange.call(method, under(endpoints.leader(), path), body);
    }

    /** Not when these words stand in an answer of a leader, such as in one of many reasons: then something may have been done. */
    private boolean isFromFollower(Exchange.Answer answer, String path) {
        return answer.status() == 400
                && isJson(answer)
                && tree(answer, path).path("message").asString("").equals(NOT_LEADER);
    }

    private static boolean isJson(Exchange.Answer answer) {
        return answer.contentType().equals("application/json");
    }

    private Reply envelope(Exchange.Answer answer, String path) {
        if (answer.status() != 200) {
            throw refusal(answer, path);
        }
        JsonNode tree = tree(answer, path);
        if (!tree.path("status").asString("").equals("SUCCESS")) {
            throw refusal(answer, path);
        }
        return new Reply(tree.path("data"), tree.path("message").asString(""), warnings(tree));
    }

    /** They stand beside the data, so that what the original answers stays as it is. */
    private static List<String> warnings(JsonNode envelope) {
        return Reply.texts(envelope.path("warnings"));
    }

    private JsonNode tree(Exchange.Answer answer, String path) {
        try {
            return Json.read(answer.body());
        } catch (JacksonException notJson) {
            throw new CallFailedException(
                    Kind.UNREADABLE,
                    endpoints.leader() + " answers " + path + " with something that is not JSON (HTTP "
                            + answer.status() + ", " + answer.contentType() + "); is it a Drove controller?",
                    notJson);
        }
    }

    private CallFailedException refusal(Exchange.Answer answer, String path) {
        JsonNode tree = isJson(answer) ? tree(answer, path) : Json.object();
        JsonNode data = tree.path("data");
        Details details = new Details(
                answer.status(),
                tree.path("status").asString(""),
                Reply.texts(data.path("validationErrors")),
                warnings(tree));
        String message = tree.path("message").asString(tree.path("error").asString(""));
        String failure = data.path("failure").asString("");
        if (!failure.isEmpty()) {
            message = message + ": " + failure;
        }
        return switch (answer.status()) {
            case 204 -> new CallFailedException(Kind.REFUSED, "there is nothing at " + path + " (any more)", details);
            case 401 ->
                new CallFailedException(
                        Kind.UNAUTHENTICATED, endpoints.leader() + " does not accept these credentials (401)", details);
            case 403 -> new CallFailedException(Kind.FORBIDDEN, "this user may not do that (403)", details);
            default -> byMessage(answer, path, message, details);
        };
    }

    private CallFailedException byMessage(Exchange.Answer answer, String path, String message, Details details) {
        if (message.isEmpty()) {
            String found = endpoints.leader() + " answers " + path + " with HTTP " + answer.status()
                    + " and no Drove envelope";
            return new CallFailedException(Kind.UNREADABLE, found, details);
        }
        if (message.equals(NOT_LEADER)) {
            return new CallFailedException(Kind.NO_LEADER, endpoints.leader() + ": " + message, details);
        }
        return new CallFailedException(answer.status() >= 500 ? Kind.UNREADABLE : Kind.REFUSED, message, details);
    }

    /** A path below a base address that may itself have a path. */
    static URI under(URI base, String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
