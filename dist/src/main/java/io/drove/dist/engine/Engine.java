package io.drove.dist.engine;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The few calls to the engine that the development cluster makes itself. */
public final class Engine {
    /** Where Docker listens if nobody says otherwise. */
    public static final Path DEFAULT_SOCKET = Path.of("/var/run/docker.sock");

    private static final Pattern IMAGE_ID = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    private final EngineSocket socket;
    private final Duration probeTimeout;
    private final Machine machine;
    private final ObjectMapper json = JsonMapper.shared();

    public Engine(Path socket) {
        this(socket, PROBE_TIMEOUT, Machine.ours());
    }

    Engine(Path socket, Duration probeTimeout, Machine machine) {
        this.socket = new EngineSocket(socket);
        this.probeTimeout = probeTimeout;
        this.machine = machine;
    }

    /** The socket that {@code DOCKER_HOST} names, else Docker's own. */
    public static Path socketOf(Map<String, String> environment) {
        String host = environment.getOrDefault("DOCKER_HOST", "");
        return host.startsWith("unix://") ? Path.of(host.substring("unix://".length())) : DEFAULT_SOCKET;
    }

    public Path socket() {
        return socket.path();
    }

    /** Looks once. Takes a few milliseconds, or five seconds if the engine hangs. */
    public EngineState probe() {
        if (!Files.exists(socket.path())) {
            return withoutListener();
        }
        try {
            EngineSocket.Answer answer = socket.get("/version", probeTimeout);
            return answer.isSuccess()
                    ? new EngineState.Running(
                            json.readTree(answer.body()).path("Version").asString("unknown"))
                    : new EngineState.Hanging("it answers with status " + answer.status());
        } catch (ConnectException e) {
            return withoutListener();
        } catch (AccessDeniedException e) {
            return new EngineState.Forbidden();
        } catch (IOException | JacksonException e) {
            String message = String.valueOf(e.getMessage());
            boolean forbidden = message.toLowerCase(Locale.ROOT).contains("permission denied");
            boolean refused = message.toLowerCase(Locale.ROOT).contains("connection refused");
            return forbidden
                    ? new EngineState.Forbidden()
                    : refused ? withoutListener() : new EngineState.Hanging(message);
        }
    }

    /** A label of a local image, if there are both. */
    public Optional<String> imageLabel(String image, String label) throws IOException {
        EngineSocket.Answer answer = socket.get("/images/" + image + "/json", CALL_TIMEOUT);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        String value = body(answer).path("Config").path("Labels").path(label).asString("");
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /**
     * Makes an image of one layer.
     *
     * @param changes lines of a Dockerfile that configure it
     */
    public void importImage(String repository, String tag, byte[] tar, List<String> changes) throws IOException {
        StringBuilder target = new StringBuilder("/images/create?fromSrc=-&repo=")
                .append(encode(repository))
                .append("&tag=")
                .append(encode(tag));
        for (String change : changes) {
            target.append("&changes=").append(encode(change));
        }
        EngineSocket.Answer answer = socket.send("POST", target.toString(), tar, CALL_TIMEOUT);
        if (!answer.isSuccess() || answer.body().contains("\"errorDetail\"")) {
            throw new IOException("the engine did not take the image " + repository + ":" + tag + ": " + answer.body());
        }
        tag(answer.body(), repository, tag);
    }

    /** Podman (4.3) calls an imported image {@code latest}, whatever was asked for. */
    private void tag(String imported, String repository, String tag) throws IOException {
        Matcher image = IMAGE_ID.matcher(imported);
        if (image.find()) {
            String target = "/images/" + image.group() + "/tag?repo=" + encode(repository) + "&tag=" + encode(tag);
            EngineSocket.Answer answer = socket.send("POST", target, new byte[0], CALL_TIMEOUT);
            if (!answer.isSuccess()) {
                throw new IOException(
                        "the engine did not name the image " + repository + ":" + tag + ": " + answer.body());
            }
        }
    }

    /** Ids of the containers, running or not, with this label and value. */
    public List<String> containersWith(String label, String value) throws IOException {
        String filters = json.writeValueAsString(Map.of("label", List.of(label + "=" + value)));
        JsonNode found = body(socket.get("/containers/json?all=true&filters=" + encode(filters), CALL_TIMEOUT));
        List<String> ids = new ArrayList<>();
        for (JsonNode container : found) {
            ids.add(container.path("Id").asString());
        }
        return ids;
    }

    /** Kills and removes a container; one that is gone already is fine. */
    public void remove(String containerId) throws IOException {
        EngineSocket.Answer answer =
                socket.send("DELETE", "/containers/" + containerId + "?force=true", new byte[0], CALL_TIMEOUT);
        if (!answer.isSuccess() && answer.status() != 404 && answer.status() != 409) {
            throw new IOException("could not remove container " + containerId + ": " + answer.body());
        }
    }

    private JsonNode body(EngineSocket.Answer answer) throws IOException {
        if (!answer.isSuccess()) {
            throw new IOException("the engine answered " + answer.status() + ": " + answer.body());
        }
        return json.readTree(answer.body());
    }

    private EngineState withoutListener() {
        return machine.program("dockerd")
                .<EngineState>map(EngineState.Stopped::new)
                .orElseGet(EngineState.Absent::new);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
