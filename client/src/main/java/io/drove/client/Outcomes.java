package io.drove.client;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The answer to several operations in one call.
 *
 * @param operations what became of each, in the order in which they were asked for
 * @param warnings what the controller found odd about them; each begins with {@code operations[i]}
 */
public record Outcomes(List<Outcome> operations, List<String> warnings) {
    public Outcomes {
        operations = List.copyOf(operations);
        warnings = List.copyOf(warnings);
    }

    static Outcomes of(JsonNode operations, List<String> warnings) {
        List<Outcome> outcomes = new ArrayList<>(operations.size());
        for (JsonNode operation : operations) {
            outcomes.add(outcome(operation));
        }
        return new Outcomes(outcomes, warnings);
    }

    private static Outcome outcome(JsonNode operation) {
        String app = operation.path("appId").asString("");
        if (operation.has("operationId")) {
            return new Outcome.Accepted(app, operation.path("operationId").asString(""));
        }
        return operation.has("refusals")
                ? new Outcome.Refused(app, Reply.texts(operation.path("refusals")))
                : new Outcome.Unknown(app, operation.path("unknown").asString(""));
    }
}
