package io.drove.model.wire;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The recorded facts of the wire under {@code golden/}, and trees for tests to change. */
final class Golden {
    static final JsonMapper JSON = new JsonMapper();

    private Golden() {}

    static byte[] bytes(String name) {
        try (InputStream in = requireNonNull(Golden.class.getResourceAsStream("/golden/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document as it may be sent: every letter beyond ASCII is escaped, so that halves of pairs can be. */
    static byte[] bytes(JsonNode document) {
        return JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsBytes(document);
    }

    static JsonNode tree(String name) {
        return JSON.readTree(bytes(name));
    }

    /** The names before {@code ending} of all files in a directory, sorted. */
    static List<String> names(String directory, String ending) {
        try (Stream<Path> files = Files.list(Path.of(
                requireNonNull(Golden.class.getResource("/golden/" + directory)).toURI()))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ending))
                    .map(file -> file.substring(0, file.length() - ending.length()))
                    .sorted()
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The reference's worked CREATE, which uses nearly every field. */
    static ObjectNode everything() {
        return (ObjectNode) tree("specs/create-everything.json");
    }

    /** What the decoder makes of a document under the default rules. */
    static Decoded<io.drove.model.app.AppOperation> operation(JsonNode document) {
        return new UserDocuments(SpecRules.DEFAULT).operation(bytes(document));
    }
}
