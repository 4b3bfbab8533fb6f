package io.drove.cli.command;

import io.drove.cli.line.UsageException;
import io.drove.client.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/** Reads a spec that a person wrote, as JSON or YAML; {@code -} is standard input. */
final class SpecFile {
    /** A spec with large inline configs has some hundred kilobytes. */
    private static final int LARGEST = 16 << 20;

    private SpecFile() {}

    /** @throws UsageException with the line and column of what is broken */
    static JsonNode read(String name, InputStream in) {
        byte[] text = bytes(name, in);
        String what = name.equals("-") ? "standard input" : name;
        JsonNode tree = parse(what, text, isJson(name, text));
        if (!tree.isObject()) {
            throw new UsageException(what + " holds " + (tree.isMissingNode() ? "nothing" : "no object")
                    + "; wanted a spec: { \"name\": … }");
        }
        return tree;
    }

    private static JsonNode parse(String what, byte[] text, boolean json) {
        try {
            return json ? Json.readStrict(text) : Yaml.read(text);
        } catch (JacksonException broken) {
            TokenStreamLocation at = broken.getLocation();
            String where =
                    at == null || at.getLineNr() < 1 ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new UsageException(
                    what + where + ": not valid " + (json ? "JSON" : "YAML") + ": " + broken.getOriginalMessage());
        }
    }

    private static boolean isJson(String name, byte[] text) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".json") || lower.endsWith(".yaml") || lower.endsWith(".yml")) {
            return lower.endsWith(".json");
        }
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '{' || b == '[';
            }
        }
        return true;
    }

    private static byte[] bytes(String name, InputStream in) {
        try {
            if (name.equals("-")) {
                return in.readNBytes(LARGEST);
            }
            Path path = Path.of(name);
            if (Files.size(path) > LARGEST) {
                throw new UsageException(name + " is larger than " + (LARGEST >> 20) + " MB; is it a spec?");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException missing) {
            throw new UsageException("there is no file " + name);
        } catch (IOException failure) {
            throw new UsageException("cannot read " + name + ": " + failure.getMessage());
        }
    }

    /** Loaded only for YAML. */
    private static final class Yaml {
        static JsonNode read(byte[] text) {
            return tools.jackson.dataformat.yaml.YAMLMapper.builder()
                    .enable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(text);
        }
    }
}
