package io.drove.cli.endpoint;

import io.drove.cli.line.UsageException;
import io.drove.client.Connection;
import io.drove.client.Credentials;
import io.drove.client.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Finds the endpoint and credentials in flags, environment, {@code ~/.drove} and the running development cluster, in this order. */
public final class Targets {
    private final Map<String, String> flags;
    private final Map<String, String> variables;
    private final Path home;

    /**
     * @param flags the global ones, by long name
     * @param variables the environment
     * @param home the user's home directory
     */
    public Targets(Map<String, String> flags, Map<String, String> variables, Path home) {
        this.flags = flags;
        this.variables = variables;
        this.home = home;
    }

    /** An endpoint with the credentials that were written beside it. */
    private record Found(String endpoint, Credentials credentials, boolean insecure, String source) {}

    /**
     * The cluster that the command goes to.
     *
     * @throws UsageException when none is named, or what names it is wrong
     */
    public Target find() {
        Found found = source();
        Credentials credentials = given().orElse(found.credentials());
        Connection connection = Connection.to(endpoints(found), credentials);
        boolean insecure =
                flags.containsKey("--insecure") || isTrue(variables.get("DROVE_INSECURE")) || found.insecure();
        return new Target(insecure ? connection.withoutVerification() : connection, found.source());
    }

    /** The configuration file, whether it exists or not. */
    public Path file() {
        String named = flags.get("--file");
        return named == null ? home.resolve(".drove") : Path.of(named);
    }

    private Found source() {
        String endpoint = flags.get("--endpoint");
        if (endpoint != null) {
            return new Found(endpoint, new Credentials.None(), false, "--endpoint");
        }
        String cluster = flags.get("--cluster");
        if (cluster != null || flags.containsKey("--file")) {
            return fromFile(cluster, true).orElseThrow(this::noEndpointInFile);
        }
        String variable = variables.getOrDefault("DROVE_ENDPOINT", "");
        if (!variable.isEmpty()) {
            return new Found(variable, new Credentials.None(), false, "DROVE_ENDPOINT");
        }
        String named = variables.getOrDefault("DROVE_CLUSTER", "");
        if (!named.isEmpty()) {
            return fromFile(named, true).orElseThrow(this::noEndpointInFile);
        }
        return fromFile(null, false)
                .or(this::fromDevelopmentCluster)
                .orElseThrow(
                        () -> new UsageException(
                                "no cluster is named: give "
                                        + "--endpoint, set DROVE_ENDPOINT, write one with `drove config init`, or start one with `drove dev`"));
    }

    private UsageException noEndpointInFile() {
        return new UsageException(
                file() + " has no endpoint; write \"endpoint = http://…\" into it, or give --endpoint");
    }

    /** @param named the section, or null for the file's own choice */
    private Optional<Found> fromFile(@Nullable String named, boolean mustExist) {
        Path path = file();
        Optional<String> text = read(path);
        if (text.isEmpty()) {
            if (mustExist) {
                throw new UsageException("there is no file " + path
                        + "; make one with `drove config init`, or name another with --file");
            }
            return Optional.empty();
        }
        IniFile file = IniFile.parse(path.toString(), text.get());
        String section = named != null
                ? named
                : file.value(IniFile.DEFAULT, "current_cluster").orElse(IniFile.DEFAULT);
        if (!file.has(section)) {
            throw new UsageException("no cluster definition found for " + section + " in " + path + "; it has "
                    + String.join(", ", file.sections().keySet()));
        }
        return file.value(section, "endpoint")
                .map(endpoint -> new Found(
                        endpoint,
                        credentials(file, section),
                        isTrue(file.value(section, "insecure").orElse("")),
                        path + " [" + section + "]"));
    }

    private static Credentials credentials(IniFile file, String section) {
        Optional<String> username = file.value(section, "username");
        Optional<String> password = file.value(section, "password");
        if (username.isPresent() && password.isPresent()) {
            return new Credentials.Basic(username.get(), password.get());
        }
        return file.value(section, "auth_header")
                .<Credentials>map(Credentials.Header::new)
                .orElse(new Credentials.None());
    }

    /** Where {@code drove dev} says what it runs. */
    public static Path developmentFile(Map<String, String> variables, Path home) {
        String data = variables.getOrDefault("XDG_DATA_HOME", "");
        Path base = data.isEmpty() ? home.resolve(".local").resolve("share") : Path.of(data);
        return base.resolve("drove").resolve("dev").resolve("current.json");
    }

    private Optional<Found> fromDevelopmentCluster() {
        Path path = developmentFile(variables, home);
        return read(path).map(text -> {
            try {
                JsonNode tree = Json.read(text.getBytes(StandardCharsets.UTF_8));
                return new Found(
                        tree.path("endpoint").asString(""),
                        new Credentials.Basic(
                                tree.path("username").asString(""),
                                tree.path("password").asString("")),
                        false,
                        "the development cluster");
            } catch (JacksonException broken) {
                throw new UsageException(path
                        + " is not JSON; start the development cluster again with `drove dev`, or remove the file");
            }
        });
    }

    /** Credentials of flags, then of the environment, apart from any endpoint. */
    private Optional<Credentials> given() {
        String username = flags.getOrDefault("--username", variables.getOrDefault("DROVE_USERNAME", ""));
        String password = flags.getOrDefault("--password", variables.getOrDefault("DROVE_PASSWORD", ""));
        String flaggedHeader = flags.getOrDefault("--auth-header", "");
        if (!flaggedHeader.isEmpty() && !flags.containsKey("--username")) {
            return Optional.of(new Credentials.Header(flaggedHeader));
        }
        if (!username.isEmpty() && !password.isEmpty()) {
            return Optional.of(new Credentials.Basic(username, password));
        }
        if (!username.isEmpty() || !password.isEmpty()) {
            throw new UsageException(
                    username.isEmpty()
                            ? "a password is given without a username; add --username or DROVE_USERNAME"
                            : "username " + username
                                    + " is given without a password; add --password or DROVE_PASSWORD");
        }
        return Optional.of(variables.getOrDefault("DROVE_AUTH_HEADER", ""))
                .filter(header -> !header.isEmpty())
                .map(Credentials.Header::new);
    }

    private static List<URI> endpoints(Found found) {
        List<URI> endpoints = new ArrayList<>();
        for (String part : found.endpoint().split(",")) {
            endpoints.add(endpoint(part.strip(), found.source()));
        }
        return endpoints;
    }

    private static URI endpoint(String text, String source) {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException notAnAddress) {
            // Said below.
        }
        throw new UsageException(
                source + " has \"" + text + "\" as an endpoint; write http://host:port or https://host:port"
                        + (text.contains("@") ? ", and give user and password with --username and --password" : ""));
    }

    private static Optional<String> read(Path path) {
        try {
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UsageException("cannot read " + path + ": " + failure.getMessage());
        }
    }

    private static boolean isTrue(@Nullable String text) {
        return text != null && List.of("1", "true", "yes", "on").contains(text.toLowerCase(java.util.Locale.ROOT));
    }
}
