package io.drove.model.wire;

import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a document with operations or a spec as a tree, in which small objects and lists are {@linkplain KnownParts known} if they were read before. Operations of a batch are handed over one
 * by one as they are read, so that there is never more than one of their trees.
 */
final class DocumentTrees {
    private static final String SPEC = "spec";

    /** Of a spec, what many may have in common; not what may be a secret, which is not to outlive its spec. */
    private static final Set<String> PARTS = Set.of(
            "args",
            "devices",
            "executable",
            "exposedPorts",
            "healthcheck",
            "logging",
            "opSpec",
            "placementPolicy",
            "placementPreferences",
            "preShutdown",
            "readiness",
            "resources",
            "tags",
            "userSpec",
            "volumes");

    // Fractions as decimals: a version written 1.10 must not be read as 1.1, nor 1e999 as infinity.
    // Of a key that stands twice, readers take the one or the other: whoever checked a document may have read the other
    // one.
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonBuffers.POOL)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(DocumentLimits.TOKENS_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final KnownParts KNOWN = new KnownParts();

    private final byte[] json;
    private final JsonParser parser;
    private final boolean isCountedInBytes;
    private final Batch batch;

    /** Takes the operations of a batch. */
    @FunctionalInterface
    interface Batch {
        /** The document is that of no batch. */
        Batch NONE = (operation, at, bytes) -> operation;

        /**
         * Called for each operation in order, for as many as a batch may have; also when the document is refused further on.
         *
         * @return stands for the operation in the document's tree
         */
        JsonNode take(JsonNode operation, Place at, long bytes);
    }

    private DocumentTrees(byte[] json, JsonParser parser, Batch batch) {
        this.json = json;
        this.parser = parser;
        this.isCountedInBytes = parser.currentLocation().getByteOffset() >= 0;
        this.batch = batch;
    }

    /**
     * The document's tree; missing when there is nothing in it.
     *
     * @throws JacksonException if the document is no JSON
     * @throws NumberFormatException for exponents that no number has, such as that of 1e99999999999999
     */
    static JsonNode read(byte[] json, Batch batch) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                JsonNode tree = new DocumentTrees(json, parser, batch).document();
                if (parser.nextToken() == null) {
                    return tree;
                }
            }
        } catch (JacksonException | NumberFormatException malformed) {
            // Told as whoever reads trees tells it: there, no place counts from the start of a part.
            MAPPER.readTree(json);
            throw new IllegalStateException("a document is malformed and is not", malformed);
        }
        return MAPPER.readTree(json);
    }

    private ObjectNode document() {
        ObjectNode document = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            boolean isBatch = token == JsonToken.START_ARRAY && name.equals(OperationDecoder.OPERATIONS);
            document.set(name, isBatch ? operations() : property(name, token));
        }
        return document;
    }

    /** Those beyond the limit are only counted: the batch is refused as a whole. */
    private ArrayNode operations() {
        ArrayNode operations = NODES.arrayNode();
        Place place = Place.DOCUMENT.field(OperationDecoder.OPERATIONS);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (operations.size() >= DocumentLimits.BATCH_MAX) {
                parser.skipChildren();
                operations.addNull();
                continue;
            }
            long start = position();
            JsonNode operation = token == JsonToken.START_OBJECT ? properties() : value(token);
            parser.finishToken();
            // Either position is that behind a token, and the first one is of a single byte where there is an object.
            operations.add(batch.take(operation, place.element(operations.size()), position() - start + 1));
        }
        return operations;
    }

    private ObjectNode properties() {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            object.set(name, property(name, parser.nextToken()));
        }
        return object;
    }

    private JsonNode property(String name, JsonToken token) {
        if (token == JsonToken.START_OBJECT && name.equals(SPEC)) {
            return properties();
        }
        return token.isStructStart() && isCountedInBytes && PARTS.contains(name) ? part(name) : value(token);
    }

    /** Gone through for its end first; a part that is not known is read after that. */
    private JsonNode part(String name) {
        int from = Math.toIntExact(position()) - 1;
        parser.skipChildren();
        int to = Math.toIntExact(position());
        return KNOWN.node(name, json, from, to, () -> MAPPER.readTree(json, from, to - from));
    }

    private JsonNode value(JsonToken token) {
        return switch (token) {
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> parser.readValueAsTree();
        };
    }

    /** In bytes; of a document in UTF-16 or UTF-32 only characters are known, of two bytes or more. */
    private long position() {
        long bytes = parser.currentLocation().getByteOffset();
        return bytes >= 0 ? bytes : 2 * parser.currentLocation().getCharOffset();
    }
}
