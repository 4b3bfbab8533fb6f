package io.drove.client;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON text to a tree and back, on the streaming parser alone: a data-binding mapper takes 45 ms to set up, this 12 (measured with an AOT
 * cache on two cores). What is written is safe to show on a terminal: control characters, C1 ones and those that turn the writing
 * direction are escaped, and it reads back to the same tree.
 */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Set up only when somebody's own file is read. */
    private static final class Strict {
        static final JsonFactory FACTORY = JsonFactory.builder()
                .enable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String HEX = "0123456789abcdef";

    private Json() {}

    /** An empty object to fill. */
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /** An empty list to fill. */
    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /**
     * Reads one document; its nesting and number lengths are bounded by the parser's own limits.
     *
     * @throws JacksonException when it is no JSON, or more than one document
     */
    public static JsonNode read(byte[] text) {
        return read(FACTORY, text);
    }

    /** The same for what a person wrote: a name that stands twice in one object is refused. */
    public static JsonNode readStrict(byte[] text) {
        return read(Strict.FACTORY, text);
    }

    private static JsonNode read(JsonFactory factory, byte[] text) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return NODES.missingNode();
            }
            JsonNode tree = value(parser, first);
            // Reading on makes the parser complain about anything but white space after the document.
            if (parser.nextToken() != null) {
                throw new tools.jackson.core.exc.StreamReadException(parser, "text after the end of the document");
            }
            return tree;
        }
    }

    private static JsonNode value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> objectValue(parser);
            case START_ARRAY -> arrayValue(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE, END_ARRAY, END_OBJECT, PROPERTY_NAME ->
                NODES.nullNode();
        };
    }

    private static JsonNode objectValue(JsonParser parser) {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            object.set(name, value(parser, parser.nextToken()));
        }
        return object;
    }

    private static JsonNode arrayValue(JsonParser parser) {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            array.add(value(parser, next));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) {
        BigInteger value = parser.getBigIntegerValue();
        return value.bitLength() < Long.SIZE ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }

    /** The tree on one line. */
    public static String compact(JsonNode tree) {
        StringBuilder text = new StringBuilder();
        write(tree, text, -1);
        return text.toString();
    }

    /** The same in UTF-8; a surrogate without its other half becomes a question mark. */
    static byte[] bytes(JsonNode tree) {
        return compact(tree).getBytes(StandardCharsets.UTF_8);
    }

    /** The tree with a line for each value and two spaces a level; no line feed at the end. */
    public static String pretty(JsonNode tree) {
        StringBuilder text = new StringBuilder();
        write(tree, text, 0);
        return text.toString();
    }

    /** {@code level} is negative for a single line. */
    private static void write(JsonNode node, StringBuilder text, int level) {
        if (node.isObject()) {
            writeObject(node, text, level);
        } else if (node.isArray()) {
            writeArray(node, text, level);
        } else if (node.isString()) {
            quote(node.stringValue(), text);
        } else if (node.isMissingNode() || node.isNull()) {
            text.append("null");
        } else {
            text.append(node.asString());
        }
    }

    private static void writeObject(JsonNode node, StringBuilder text, int level) {
        if (node.isEmpty()) {
            text.append("{}");
            return;
        }
        char separator = '{';
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            text.append(separator);
            separator = ',';
            startLine(text, level, 1);
            quote(property.getKey(), text);
            text.append(level < 0 ? ":" : ": ");
            write(property.getValue(), text, level < 0 ? level : level + 1);
        }
        startLine(text, level, 0);
        text.append('}');
    }

    private static void writeArray(JsonNode node, StringBuilder text, int level) {
        if (node.isEmpty()) {
            text.append("[]");
            return;
        }
        char separator = '[';
        for (JsonNode element : node) {
            text.append(separator);
            separator = ',';
            startLine(text, level, 1);
            write(element, text, level < 0 ? level : level + 1);
        }
        startLine(text, level, 0);
        text.append(']');
    }

    private static void startLine(StringBuilder text, int level, int deeper) {
        if (level >= 0) {
            text.append('\n').repeat("  ", level + deeper);
        }
    }

    /** Appends what needs no escape in runs: most strings are one. */
    private static void quote(String value, StringBuilder text) {
        text.append('"');
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isPlain(c)) {
                text.append(value, written, i).append(escape(c));
                written = i + 1;
            }
        }
        text.append(value, written, value.length()).append('"');
    }

    private static boolean isPlain(char c) {
        // Printable ASCII first: the longer test is for few.
        return (c >= ' ' && c < 0x7f) ? c != '"' && c != '\\' : !Unprintable.is(c);
    }

    private static String escape(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> Unprintable.escape(c);
        };
    }

    /** Characters that steer a terminal or a reader's eye instead of being seen. */
    public static final class Unprintable {
        private Unprintable() {}

        /** C0, DEL, C1, line and paragraph separators, and everything that turns the direction of writing (Unicode, UAX 9). */
        public static boolean is(char c) {
            return c < ' '
                    || (c >= 0x7f && c <= 0x9f)
                    || (c >= 0x200e && c <= 0x200f)
                    || (c >= 0x2028 && c <= 0x202e)
                    || (c >= 0x2066 && c <= 0x2069)
                    || c == 0x061c
                    || c == 0xfeff;
        }

        /** A backslash, {@code u}, and four hex digits. */
        public static String escape(char c) {
            return "\\u" + HEX.charAt(c >> 12) + HEX.charAt(c >> 8 & 15) + HEX.charAt(c >> 4 & 15) + HEX.charAt(c & 15);
        }
    }
}
