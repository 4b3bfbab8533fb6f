package io.drove.controller.api;

import io.helidon.webserver.http.Handler;

/** One thing that can be asked. */
@FunctionalInterface
interface Endpoint {
    Answer answer(Call call) throws InterruptedException;

    /** The same for the server. */
    default Handler asHandler() {
        return (request, response) -> {
            Answer answer;
            try {
                answer = answer(new Call(request));
            } catch (BadCall bad) {
                answer = bad.answer();
            }
            answer.send(response);
        };
    }
}
