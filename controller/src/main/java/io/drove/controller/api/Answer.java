package io.drove.controller.api;

import io.drove.model.wire.ApiJson;
import io.drove.model.wire.Envelope;
import io.drove.platform.http.ErrorAnswers;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** What an endpoint says, and how the original says it (reference 1.3). */
sealed interface Answer {
    /** Data or a refusal in the usual wrapping. */
    record Wrapped(Status status, Envelope<?> envelope) implements Answer {}

    /** A page without further words, as for paths that do not exist. */
    record Page(Status status) implements Answer {}

    static Answer success(Object data) {
        return new Wrapped(Status.OK_200, Envelope.success(data));
    }

    /** A lookup that found nothing; the original's status for it is 200. */
    static Answer notFound(String message) {
        return new Wrapped(Status.OK_200, Envelope.failed(message));
    }

    static Answer badRequest(Envelope<?> envelope) {
        return new Wrapped(Status.BAD_REQUEST_400, envelope);
    }

    /** A query parameter out of its range. */
    static Answer badParameter(String name, String rule) {
        return badRequest(Envelope.refused(List.of("query param " + name + " " + rule)));
    }

    static Answer notLeading() {
        return badRequest(Envelope.failed("This node is not the leader controller"));
    }

    /** Our failure: {@code message} says what is known of the outcome, {@code hint} what to do. */
    static Answer unexpected(String message, String hint) {
        return new Wrapped(
                Status.INTERNAL_SERVER_ERROR_500,
                new Envelope<>(Envelope.Status.FAILED, new Failure(message, hint), message, null));
    }

    /** The data of a 500: the original's field, and what to do. */
    record Failure(String failure, String hint) {}

    default void send(ServerResponse response) {
        switch (this) {
            case Wrapped wrapped -> {
                response.status(wrapped.status()).header(HeaderNames.CONTENT_TYPE, "application/json");
                response.send(ApiJson.write(wrapped.envelope()));
            }
            case Page page -> ErrorAnswers.page(response, page.status());
        }
    }
}
