package io.drove.model.wire;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values of documents that were read lately, to be found again by their bytes: of a thousand specs that come together most differ in little more than their names. Such a value is the same
 * node each time, and remembers what was made of it; it is not to be changed. Bounded and forgetful, as {@link KnownBytes} are: two hundred values, of up to
 * 25 kilobytes each where somebody sends nothing but brackets. Thread-safe.
 */
final class KnownParts {
    private final KnownBytes<JsonNode> known = new KnownBytes<>(1 << 8);

    /** What was made of a node when it was read last. */
    static final class Memory {
        private volatile @Nullable Reading last;

        private record Reading(String type, Object value) {}

        /** What was made of it as that type, or null. */
        @Nullable
        Object read(String type) {
            Reading reading = last;
            return reading != null && reading.type().equals(type) ? reading.value() : null;
        }

        /**
         * To be called with what cannot change, and only if nothing had to be told of the node.
         *
         * @param type says, together with the property, all on which the reading depends
         */
        void remember(String type, Object value) {
            last = new Reading(type, value);
        }
    }

    /** A node that several documents have. */
    interface Known {
        Memory memory();
    }

    private static final class KnownObject extends ObjectNode implements Known {
        private final transient Memory memory = new Memory();

        private KnownObject() {
            super(JsonNodeFactory.instance);
        }

        @Override
        public Memory memory() {
            return memory;
        }
    }

    private static final class KnownArray extends ArrayNode implements Known {
        private final transient Memory memory = new Memory();

        private KnownArray() {
            super(JsonNodeFactory.instance);
        }

        @Override
        public Memory memory() {
            return memory;
        }
    }

    /**
     * The value of that property with those bytes of the document.
     *
     * @param from of an object or a list
     * @param anew reads it, if it is not known
     */
    JsonNode node(String property, byte[] document, int from, int to, Supplier<JsonNode> anew) {
        if (to - from > KnownBytes.BYTES_MAX) {
            return anew.get();
        }
        KnownBytes.Key key = new KnownBytes.Key(property, Arrays.copyOfRange(document, from, to));
        JsonNode before = known.find(key);
        if (before != null) {
            return before;
        }
        JsonNode read = remembering(anew.get());
        known.add(key, read);
        return read;
    }

    private static JsonNode remembering(JsonNode read) {
        return switch (read) {
            case ObjectNode object -> new KnownObject().setAll(object);
            case ArrayNode array -> new KnownArray().addAll(array);
            default -> read;
        };
    }
}
