package io.drove.executor.container;

/** A small answer of the engine. */
record EngineAnswer(int status, String body) {
    boolean isGood() {
        return status >= 200 && status < 400;
    }
}
