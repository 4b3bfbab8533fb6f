package io.drove.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A successful envelope.
 *
 * @param data a missing node when the envelope had none
 * @param warnings what the controller found odd about a request that it accepted all the same, such as unknown fields
 */
public record Reply(JsonNode data, String message, List<String> warnings) {

    public Reply {
        warnings = List.copyOf(warnings);
    }

    /** The id to follow an accepted operation by; empty from a controller that keeps no operation records. */
    public Optional<String> operationId() {
        return data.path("operationId").stringValueOpt();
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list) {
            texts.add(element.isString() ? element.stringValue() : Json.compact(element));
        }
        return List.copyOf(texts);
    }
}
