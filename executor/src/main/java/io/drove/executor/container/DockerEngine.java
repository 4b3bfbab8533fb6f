package io.drove.executor.container;

import io.drove.executor.container.EngineException.Code;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The Docker Engine API over its unix socket; Podman's compatible socket serves too. Uses the newest API version of the engine. */
public final class DockerEngine implements ContainerEngine {
    private static final Duration FOR_EVER = Duration.ofDays(3_650);
    private static final int OUTPUT_BYTES_MAX = 8 * 1024;
    private static final Pattern TAKEN_PORT = Pattern.compile(":(\\d{1,5})(?: failed: port is already|: bind: )");
    private static final Pattern TAKEN_PODMAN_PORT = Pattern.compile("(?i)(?:port|:)\\s?(\\d{2,5}).*already in use");

    private final EngineHttp http;
    private final Duration timeout;
    private final RegistryCredentials credentials;
    private final CommandKiller killer = new CommandKiller();
    private final JsonMapper json = JsonMapper.builder().build();

    /**
     * An engine at that socket; nothing is dialled yet.
     *
     * @param timeout of each call that is not expected to take long
     */
    public DockerEngine(Path socket, Duration timeout, RegistryCredentials credentials) {
        this.http = new EngineHttp(socket);
        this.timeout = timeout;
        this.credentials = credentials;
    }

    @Override
    public EngineVersion version() throws EngineException {
        JsonNode version = good(EngineRequest.get("/version"));
        return new EngineVersion(
                version.path("Version").asString(""), version.path("ApiVersion").asString(""));
    }

    @Override
    public boolean hasImage(String image) throws EngineException {
        EngineAnswer answer = http.call(EngineRequest.get("/images/" + path(image) + "/json"), timeout);
        if (answer.status() == 404) {
            return false;
        }
        check(answer);
        return true;
    }

    @Override
    public void pull(String image, Duration pullTimeout) throws EngineException {
        ImageName name = ImageName.parse(image);
        EngineRequest request = EngineRequest.post(
                "/images/create?fromImage=" + encode(name.repository()) + "&tag=" + encode(name.tag()));
        RegistryCredentials.Login login = credentials.logins().get(name.registry());
        if (login != null) {
            request = request.with("X-Registry-Auth", authHeader(name, login));
        }
        http.call(request, pullTimeout, (head, body) -> {
            BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            if (head.status() >= 400) {
                throw pullFailure(head.status(), message(lines.readLine()));
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode progress = parse(line);
                if (progress.has("error")) {
                    throw pullFailure(500, progress.path("error").asString(""));
                }
            }
            return true;
        });
    }

    private String authHeader(ImageName name, RegistryCredentials.Login login) {
        ObjectNode auth = json.createObjectNode();
        auth.put("username", login.username());
        auth.put("password", login.password());
        auth.put("serveraddress", name.registry());
        return Base64.getUrlEncoder().encodeToString(auth.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static EngineException pullFailure(int status, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        boolean isMissing = lower.contains("not found")
                || lower.contains("manifest unknown")
                || lower.contains("does not exist")
                || lower.contains("invalid reference");
        boolean isForbidden =
                lower.contains("unauthorized") || lower.contains("denied") || lower.contains("no basic auth");
        boolean isFinal = isMissing || isForbidden || status == 400;
        return new EngineException(isFinal ? Code.REFUSED : Code.FAILED, !isFinal, message);
    }

    @Override
    public void removeImage(String image) throws EngineException {
        EngineAnswer answer = http.call(EngineRequest.delete("/images/" + path(image)), timeout);
        // 409: another container uses it.
        if (answer.status() != 404 && answer.status() != 409) {
            check(answer);
        }
    }

    @Override
    public String create(ContainerDescription container) throws EngineException {
        EngineAnswer answer = create(container, true);
        boolean isNodeUnknown =
                answer.status() == 400 && answer.body().toLowerCase(Locale.ROOT).contains("memory node");
        if (isNodeUnknown || (answer.status() >= 400 && answer.body().contains("cpuset.mems"))) {
            answer = create(container, false);
        }
        check(answer);
        return parse(answer.body()).path("Id").asString("");
    }

    private EngineAnswer create(ContainerDescription container, boolean hasMemoryNode) throws EngineException {
        return http.call(
                EngineRequest.post(
                        "/containers/create?name=" + encode(container.name()),
                        CreateRequest.of(json, container, hasMemoryNode)),
                timeout);
    }

    @Override
    public void putFiles(String container, List<InjectedFile> files) throws EngineException {
        check(http.call(
                EngineRequest.putTar("/containers/" + path(container) + "/archive?path=%2F", Tar.of(files)), timeout));
    }

    @Override
    public void start(String container) throws EngineException {
        check(http.call(EngineRequest.post("/containers/" + path(container) + "/start"), timeout));
    }

    @Override
    public Optional<ContainerState> inspect(String container) throws EngineException {
        EngineAnswer answer = http.call(EngineRequest.get("/containers/" + path(container) + "/json"), timeout);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        check(answer);
        JsonNode body = parse(answer.body());
        JsonNode state = body.path("State");
        return Optional.of(new ContainerState(
                body.path("Id").asString(""),
                state.path("Running").asBoolean(false),
                !state.path("Status").asString("").equals("created"),
                state.path("ExitCode").asInt(0),
                state.path("Pid").asLong(0)));
    }

    @Override
    public void stop(String container, Duration grace) throws EngineException {
        EngineAnswer answer = http.call(
                EngineRequest.post("/containers/" + path(container) + "/stop?t=" + grace.toSeconds()),
                timeout.plus(grace));
        if (answer.status() != 404) {
            check(answer);
        }
    }

    @Override
    public void remove(String container) throws EngineException {
        EngineAnswer answer =
                http.call(EngineRequest.delete("/containers/" + path(container) + "?force=true&v=true"), timeout);
        if (answer.status() != 404) {
            check(answer);
        }
    }

    @Override
    public List<ListedContainer> list(String label) throws EngineException {
        String filters = encode("{\"label\":[\"" + label + "\"]}");
        JsonNode containers = good(EngineRequest.get("/containers/json?all=true&filters=" + filters));
        List<ListedContainer> listed = new ArrayList<>();
        for (JsonNode container : containers) {
            String name = container.path("Names").path(0).asString("");
            listed.add(new ListedContainer(
                    container.path("Id").asString(""),
                    name.startsWith("/") ? name.substring(1) : name,
                    container.path("State").asString(""),
                    strings(container.path("Labels"))));
        }
        return listed;
    }

    @Override
    public CommandResult execute(String container, List<String> command, Duration limit) throws EngineException {
        ObjectNode body = json.createObjectNode();
        body.put("AttachStdout", true);
        body.put("AttachStderr", true);
        var words = body.putArray("Cmd");
        command.forEach(words::add);
        JsonNode made = good(EngineRequest.post("/containers/" + path(container) + "/exec", body.toString()));
        String exec = "/exec/" + made.path("Id").asString("");
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        EngineRequest start = EngineRequest.post(exec + "/start", "{\"Detach\":false,\"Tty\":false}");
        try {
            http.call(start, limit, (head, stream) -> {
                if (head.status() >= 400) {
                    throw failure(head.status(), message(new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
                }
                copy(stream, output);
                return true;
            });
        } catch (EngineException e) {
            if (e.code() != Code.TIMEOUT) {
                throw e;
            }
            killer.kill(good(EngineRequest.get(exec + "/json")));
            return new CommandResult(-1, output.toString(StandardCharsets.UTF_8), true);
        }
        JsonNode result = good(EngineRequest.get(exec + "/json"));
        return new CommandResult(result.path("ExitCode").asInt(-1), output.toString(StandardCharsets.UTF_8), false);
    }

    private static void copy(InputStream stream, ByteArrayOutputStream output) throws IOException {
        StreamFrames frames = new StreamFrames(stream);
        for (StreamFrames.Piece piece = frames.next(); piece != null; piece = frames.next()) {
            int room = OUTPUT_BYTES_MAX - output.size();
            output.write(piece.bytes(), 0, Math.min(room, piece.bytes().length));
        }
    }

    @Override
    public void followOutput(String container, OutputPosition from, OutputSink sink) throws EngineException {
        EngineRequest request = EngineRequest.get("/containers/" + path(container)
                + "/logs?follow=true&stdout=true&stderr=true&timestamps=true" + from.query());
        http.call(request, FOR_EVER, (head, stream) -> {
            if (head.status() >= 400) {
                throw failure(head.status(), message(new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
            }
            StreamFrames frames = new StreamFrames(stream);
            for (StreamFrames.Piece piece = frames.next(); piece != null; piece = frames.next()) {
                byte[] line = piece.bytes();
                int space = 0;
                while (space < line.length && line[space] != ' ') {
                    space++;
                }
                String timestamp = new String(line, 0, space, StandardCharsets.US_ASCII);
                int begin = Math.min(space + 1, line.length);
                sink.accept(piece.source(), timestamp, Arrays.copyOfRange(line, begin, line.length));
            }
            return true;
        });
    }

    @Override
    public void watchEnds(String label, EndSink sink) throws EngineException {
        // Podman calls it "died", and its filter takes no label without a value: that is left to us.
        String filters = encode("{\"type\":[\"container\"],\"event\":[\"die\",\"died\"]}");
        http.call(EngineRequest.get("/events?filters=" + filters), FOR_EVER, (head, stream) -> {
            if (head.status() >= 400) {
                throw failure(head.status(), message(new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
            }
            sink.listening();
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode event = parse(line);
                Map<String, String> attributes = strings(event.path("Actor").path("Attributes"));
                if (attributes.containsKey(label)) {
                    String exitCode = attributes.getOrDefault("exitCode", "-1");
                    sink.ended(attributes, exitCode.matches("-?\\d{1,9}") ? Integer.parseInt(exitCode) : -1);
                }
            }
            return true;
        });
    }

    @Override
    public void close() {
        http.close();
    }

    private JsonNode good(EngineRequest request) throws EngineException {
        EngineAnswer answer = http.call(request, timeout);
        check(answer);
        return parse(answer.body());
    }

    private void check(EngineAnswer answer) throws EngineException {
        if (!answer.isGood()) {
            throw failure(answer.status(), message(answer.body()));
        }
    }

    private static EngineException failure(int status, String message) {
        boolean isBound = message.contains("already in use") && message.contains("bind");
        if (isBound || message.contains("already allocated")) {
            Matcher matcher = TAKEN_PORT.matcher(message);
            Matcher podman = TAKEN_PODMAN_PORT.matcher(message);
            int port = matcher.find()
                    ? Integer.parseInt(matcher.group(1))
                    : podman.find() ? Integer.parseInt(podman.group(1)) : 0;
            return new EngineException(Code.PORT_TAKEN, true, port, message);
        }
        return switch (status) {
            case 404 -> new EngineException(Code.NOT_FOUND, false, message);
            case 409 -> new EngineException(Code.CONFLICT, false, message);
            case 400 -> new EngineException(Code.REFUSED, false, message);
            default -> new EngineException(Code.FAILED, true, message);
        };
    }

    private String message(String body) {
        try {
            return json.readTree(body).path("message").asString(body);
        } catch (JacksonException notJson) {
            return body;
        }
    }

    private JsonNode parse(String body) throws EngineException {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw new EngineException(Code.BROKEN, true, "The engine's answer is not JSON: " + e.getOriginalMessage());
        }
    }

    private static Map<String, String> strings(JsonNode node) {
        Map<String, String> map = new TreeMap<>();
        node.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asString("")));
        return map;
    }

    /** A name as part of a path; the engine wants slashes and colons of image names as they are. */
    private static String path(String name) {
        return encode(name).replace("%2F", "/").replace("%3A", ":").replace("%40", "@");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
