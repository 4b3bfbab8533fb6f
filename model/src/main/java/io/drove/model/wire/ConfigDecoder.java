package io.drove.model.wire;

import static java.util.Objects.requireNonNull;

import io.drove.model.check.HttpScheme;
import io.drove.model.check.HttpVerb;
import io.drove.model.container.Blob;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.HttpCall;
import io.drove.model.time.TimeSpan;
import io.drove.model.wire.Problem.Kind;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads config files (reference 4.6). Nothing that may be secret is quoted in a problem. */
final class ConfigDecoder {
    static final String BASE = "ConfigSpec";

    private static final List<String> TYPES =
            List.of("CONTROLLER_HTTP_FETCH", "EXECUTOR_HTTP_FETCH", "EXECUTOR_LOCAL_FILE", "INLINE");

    private ConfigDecoder() {}

    static @Nullable ConfigSpec config(TreeReader config) {
        String type = config.type(BASE, TYPES, "");
        if (type.isEmpty()) {
            return null;
        }
        String file = config.text("localFilename", TreeReader.NOT_EMPTY);
        TextRules.fileInContainer(config, "localFilename", file);
        return switch (type) {
            case "INLINE" -> {
                Blob data = data(config);
                yield config.build(() -> new ConfigSpec.Inline(file, data));
            }
            case "EXECUTOR_LOCAL_FILE" -> {
                String onHost = config.text("filePathOnHost", TreeReader.NOT_EMPTY);
                TextRules.hostFile(config, "filePathOnHost", onHost);
                yield config.build(() -> new ConfigSpec.ExecutorLocalFile(file, onHost));
            }
            case "CONTROLLER_HTTP_FETCH" -> {
                HttpCall call = config.object("http", "HTTPCallSpec", TreeReader.NOT_NULL, ConfigDecoder::call);
                yield config.build(() -> new ConfigSpec.ControllerHttpFetch(file, requireNonNull(call)));
            }
            case String _ -> {
                HttpCall call = config.object("http", "HTTPCallSpec", TreeReader.NOT_NULL, ConfigDecoder::call);
                yield config.build(() -> new ConfigSpec.ExecutorHttpFetch(file, requireNonNull(call)));
            }
        };
    }

    private static Blob data(TreeReader config) {
        JsonNode value = config.field("data");
        if (value == null) {
            config.violated("data", TreeReader.NOT_NULL, "", "base64");
        } else if (!value.isString()) {
            config.findings()
                    .json(
                            config.pathOf("data"),
                            "Cannot deserialize value of type `byte[]` from " + Coercion.shape(value),
                            "");
        } else if (value.stringValue().isEmpty()) {
            config.findings()
                    .warn(config.pathOf("data") + " is empty: a spec that was read back has its secrets masked");
        } else {
            return decoded(config, value.stringValue());
        }
        return Blob.of(new byte[0]);
    }

    private static Blob decoded(TreeReader config, String text) {
        // The original skips white space and insists on padding; Java's decoders do the one or the other.
        String compact = text.replaceAll("[\\x00-\\x20]", "");
        if (compact.length() % 4 != 0) {
            return refused(
                    config,
                    text,
                    "Unexpected end of base64-encoded String: base64 variant 'MIME-NO-LINEFEEDS' expects padding"
                            + " (one or more '=' characters) at the end");
        }
        try {
            return Blob.of(Base64.getDecoder().decode(compact));
        } catch (IllegalArgumentException notBase64) {
            // The decoder's own message may quote characters of the secret.
            return refused(config, text, "Illegal character in base64 content");
        }
    }

    private static Blob refused(TreeReader config, String text, String reason) {
        config.findings()
                .add(new Problem(
                        Kind.JSON_VALIDATION_FAILURE,
                        config.pathOf("data"),
                        "Cannot deserialize value of type `byte[]` from String \"***\": " + reason,
                        text.length() + " characters",
                        "base64 with padding",
                        ""));
        return Blob.of(new byte[0]);
    }

    private static @Nullable HttpCall call(TreeReader call) {
        HttpScheme protocol = call.choiceOr("protocol", HttpScheme.class, HttpScheme.HTTP);
        String hostname = call.text("hostname", TreeReader.NOT_EMPTY);
        TextRules.host(call, "hostname", hostname);
        Range ports = Range.of(0, 65_535).saying("must be between 0 and 65535", "must be between 0 and 65535");
        int port = call.whole("port", 0, ports);
        String path = call.textOr("path", "/");
        TextRules.urlPath(call, "path", path, false);
        HttpVerb verb = call.choiceOr("verb", HttpVerb.class, HttpVerb.GET);
        SortedSet<Integer> codes = call.numbers("successCodes", CheckDecoder.STATUS_CODES);
        SortedSet<Integer> successCodes = codes.isEmpty() ? new TreeSet<>(List.of(200)) : codes;
        String payload = call.textOr("payload", "");
        TimeSpan connectionTimeout = call.spanOr("connectionTimeout", TimeSpan.ofSeconds(1));
        TimeSpan operationTimeout = call.spanOr("operationTimeout", TimeSpan.ofSeconds(1));
        String username = call.textOrNull("username");
        String password = call.textOrNull("password");
        String authHeader = call.textOrNull("authHeader");
        Map<String, String> headers = call.map("headers");
        TextRules.headerValue(call, "authHeader", authHeader == null ? "" : authHeader);
        TextRules.headers(call, "headers", headers);
        TextRules.unmasked(call, "username", username);
        TextRules.unmasked(call, "password", password);
        TextRules.unmasked(call, "authHeader", authHeader);
        boolean insecure = call.flag("insecure", false);
        return call.build(() -> new HttpCall(
                protocol,
                hostname,
                port,
                path,
                verb,
                successCodes,
                payload,
                connectionTimeout,
                operationTimeout,
                username,
                password,
                authHeader,
                headers,
                insecure));
    }
}
