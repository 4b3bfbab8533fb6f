package io.drove.model.container;

import static io.drove.model.Assertion.require;

/** A port that the workload listens on inside its container, 1 to 65535, under a name that checks and exposure refer to. */
public record PortSpec(String name, int port, PortType type) {
    public PortSpec {
        require(port >= 1 && port <= 65535, "port %s must be 1 to 65535, was %d", name, port);
    }
}
