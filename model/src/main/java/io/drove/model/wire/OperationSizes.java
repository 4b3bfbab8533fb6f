package io.drove.model.wire;

import java.util.function.ObjLongConsumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * How large the operations of a batch are as they are written. A batch takes more bytes than a document with one operation; none of its operations may, since what an operation brings has to fit the
 * journal.
 */
final class OperationSizes {
    private OperationSizes() {}

    /**
     * Goes through a document, without keeping any of it, up to the first operation beyond those that a batch may have.
     *
     * @param found told of each operation with its place and bytes, before the next is looked at
     * @throws tools.jackson.core.JacksonException if the document is no JSON
     */
    static void measure(JsonParser document, ObjLongConsumer<Place> found) {
        if (document.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (document.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isOperations = document.currentName().equals(OperationDecoder.OPERATIONS);
            if (document.nextToken() == JsonToken.START_ARRAY && isOperations) {
                measureElements(document, found);
                return;
            }
            document.skipChildren();
        }
    }

    private static void measureElements(JsonParser operations, ObjLongConsumer<Place> found) {
        Place place = Place.DOCUMENT.field(OperationDecoder.OPERATIONS);
        for (int i = 0; i <= DocumentLimits.BATCH_MAX && operations.nextToken() != JsonToken.END_ARRAY; i++) {
            long start = position(operations);
            operations.skipChildren();
            operations.finishToken();
            // Either position is that behind a token, and the first one is of a single byte where there is an object.
            found.accept(place.element(i), position(operations) - start + 1);
        }
    }

    /** In bytes; of a document in UTF-16 or UTF-32 only characters are known, of two bytes or more. */
    private static long position(JsonParser parser) {
        long bytes = parser.currentLocation().getByteOffset();
        return bytes >= 0 ? bytes : 2 * parser.currentLocation().getCharOffset();
    }
}
