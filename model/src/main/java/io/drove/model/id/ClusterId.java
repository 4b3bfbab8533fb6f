package io.drove.model.id;

import static io.drove.model.Assertion.require;

/** A cluster, made with its first journal record; executors keep it and containers are labelled with it. */
public record ClusterId(String value) {
    public ClusterId {
        require(!value.isEmpty(), "a cluster id must not be empty");
    }

    @Override
    public String toString() {
        return value;
    }
}
