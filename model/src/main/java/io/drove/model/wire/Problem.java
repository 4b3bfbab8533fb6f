package io.drove.model.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing that is wrong with a document.
 *
 * @param kind which of the original's two families it belongs to
 * @param path where, such as {@code spec.exposedPorts[0].port}; empty for the document itself
 * @param message the original's own phrase where it has one
 * @param found what stands there, shortened; empty when that says nothing or is secret
 * @param allowed what may stand there; empty when the message says it
 * @param suggestion what was probably meant, or empty
 */
public record Problem(Kind kind, String path, String message, String found, String allowed, String suggestion) {
    /** The two families of the original: what its JSON reader refused, and what its validation refused. */
    public enum Kind {
        JSON_VALIDATION_FAILURE("JSON validation failure"),
        COMMAND_VALIDATION_FAILURE("Command validation failure");

        private final String message;

        Kind(String message) {
            this.message = message;
        }

        /** The envelope's message for this family. */
        public String message() {
            return message;
        }
    }

    /** The whole as one line: the original's phrase first, then where, what was found, what is allowed and what was probably meant. */
    public String text() {
        List<String> details = new ArrayList<>();
        if (!path.isEmpty() && !message.startsWith(path)) {
            details.add("at " + path);
        }
        if (!found.isEmpty()) {
            details.add("found " + found);
        }
        if (!allowed.isEmpty()) {
            details.add("allowed " + allowed);
        }
        if (!suggestion.isEmpty()) {
            details.add("did you mean " + suggestion + "?");
        }
        return details.isEmpty() ? message : message + " (" + String.join(", ", details) + ")";
    }
}
