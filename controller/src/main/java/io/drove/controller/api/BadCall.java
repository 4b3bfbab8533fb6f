package io.drove.controller.api;

/** A request whose parameters cannot be read; carries what to answer. Never leaves {@link Endpoint#asHandler}. */
final class BadCall extends RuntimeException {
    private final transient Answer answer;

    BadCall(Answer answer) {
        super("bad call", null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
