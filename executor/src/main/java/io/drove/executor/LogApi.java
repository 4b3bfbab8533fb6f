package io.drove.executor;

import io.drove.executor.logs.LogFiles;
import io.drove.executor.logs.LogReadException;
import io.drove.executor.logs.LogSlice;
import io.drove.platform.http.Routes;
import io.drove.platform.security.ClusterSecret;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Logs over HTTP, for the controllers (reference 3): who does not know the cluster secret gets 401. */
final class LogApi {
    private static final String BASE = "/apis/v1/logs/filestream/{appId}/{instanceId}";

    private final LogFiles files;
    private final ClusterSecret secret;
    private final JsonMapper json = JsonMapper.builder().build();

    LogApi(LogFiles files, ClusterSecret secret) {
        this.files = files;
        this.secret = secret;
    }

    void add(Routes routes) {
        routes.helidon().addFilter((chain, request, response) -> {
            boolean isKnown = secret.matches(request.headers()
                    .first(HeaderNames.create(ClusterSecret.HEADER))
                    .orElse(null));
            if (isKnown) {
                chain.proceed();
            } else {
                code(response, Status.UNAUTHORIZED_401, "HTTP 401 Unauthorized");
            }
        });
        routes.get(BASE + "/list", this::list)
                .get(BASE + "/read/{fileName}", this::read)
                .get(BASE + "/download/{fileName}", this::download);
        routes.helidon().any("/*", (request, response) -> code(response, Status.NOT_FOUND_404, "HTTP 404 Not Found"));
    }

    private void list(ServerRequest request, ServerResponse response) {
        Parameters path = request.path().pathParameters();
        try {
            ObjectNode body = json.createObjectNode();
            ArrayNode names = body.putArray("files");
            files.list(path.get("appId"), path.get("instanceId")).forEach(names::add);
            send(response, Status.OK_200, body);
        } catch (LogReadException e) {
            refuse(response, e);
        }
    }

    private void read(ServerRequest request, ServerResponse response) {
        Parameters path = request.path().pathParameters();
        try {
            LogSlice slice = files.read(
                    path.get("appId"),
                    path.get("instanceId"),
                    path.get("fileName"),
                    number(request, "offset"),
                    number(request, "length"));
            send(
                    response,
                    Status.OK_200,
                    json.createObjectNode().put("data", slice.data()).put("offset", slice.offset()));
        } catch (LogReadException e) {
            refuse(response, e);
        } catch (NumberFormatException e) {
            code(response, Status.NOT_FOUND_404, "HTTP 404 Not Found");
        }
    }

    private static long number(ServerRequest request, String name) {
        return Long.parseLong(request.query().first(name).orElse("-1"));
    }

    private void download(ServerRequest request, ServerResponse response) throws IOException {
        Parameters path = request.path().pathParameters();
        try {
            Path file = files.file(path.get("appId"), path.get("instanceId"), path.get("fileName"));
            response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream")
                    .header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=" + file.getFileName());
            try (OutputStream out = response.outputStream()) {
                Files.copy(file, out);
            }
        } catch (LogReadException e) {
            refuse(response, e);
        }
    }

    private void refuse(ServerResponse response, LogReadException e) {
        send(response, Status.BAD_REQUEST_400, json.createObjectNode().put("error", e.getMessage()));
    }

    private void code(ServerResponse response, Status status, String message) {
        send(
                response,
                status,
                json.createObjectNode().put("code", status.code()).put("message", message));
    }

    private void send(ServerResponse response, Status status, ObjectNode body) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(json.writeValueAsBytes(body));
    }
}
