package io.drove.client;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a call that hands over operations, written ahead: for who makes many calls and has no time for the writing between them.
 * Immutable, may be sent several times, and holds as many bytes as it sends.
 */
public sealed interface Prepared {
    /** Writes one operation. */
    static One of(JsonNode operation) {
        return new One(Json.bytes(operation));
    }

    /** Writes several operations for one call, 1 to 1,000 of them; what else is wrong with them the controller says. */
    static Several of(List<? extends JsonNode> operations) {
        ObjectNode body = Json.object();
        body.putArray("operations").addAll(operations);
        return new Several(Json.bytes(body), operations.size());
    }

    /** For {@link DroveClient#operate(One)}. */
    final class One implements Prepared {
        final byte[] body;

        private One(byte[] body) {
            this.body = body;
        }
    }

    /** For {@link DroveClient#operateAll(Several)}. */
    final class Several implements Prepared {
        final byte[] body;
        final int count;

        private Several(byte[] body, int count) {
            this.body = body;
            this.count = count;
        }
    }
}
