package io.drove.model.wire;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values of documents that were read lately, to be found again by their bytes: of a thousand specs that come together most differ in little more than their names. Such a value is the same
 * node each time, and remembers what was made of it; it is not to be changed. Bounded and forgetful, as {@link PartTable} is; what it has it keeps alive: two hundred values, of up to
 * 25 kilobytes each where somebody sends nothing but brackets. Thread-safe.
 */
final class KnownParts {
    /** Of larger values there are few, and few that are equal. */
    static final int BYTES_MAX = 512;

    /** A power of two. */
    private static final int PLACES = 1 << 8;

    private final AtomicReferenceArray<@Nullable Part> places = new AtomicReferenceArray<>(PLACES);

    private record Part(String property, byte[] bytes, JsonNode node) {
        boolean is(String ofProperty, byte[] written) {
            return property.equals(ofProperty) && Arrays.equals(bytes, written);
        }
    }

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
        if (to - from > BYTES_MAX) {
            return anew.get();
        }
        byte[] written = Arrays.copyOfRange(document, from, to);
        int place = place(property, written);
        Part first = places.get(place);
        if (first != null && first.is(property, written)) {
            return first.node();
        }
        Part second = places.get(place + 1);
        Part known = second != null && second.is(property, written)
                ? second
                : new Part(property, written, remembering(anew.get()));
        places.set(place + 1, first);
        places.set(place, known);
        return known.node();
    }

    private static JsonNode remembering(JsonNode read) {
        return switch (read) {
            case ObjectNode object -> new KnownObject().setAll(object);
            case ArrayNode array -> new KnownArray().addAll(array);
            default -> read;
        };
    }

    /** The first of its two places. */
    private static int place(String property, byte[] written) {
        int hash = (31 * property.hashCode() + Arrays.hashCode(written)) * 0x9E3779B9;
        return (hash ^ (hash >>> 16)) & (PLACES - 2);
    }
}
