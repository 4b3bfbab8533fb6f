package io.drove.dist.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import tools.jackson.databind.node.ObjectNode;

/** Variants of {@code examples/hello.json}. */
final class HelloSpec {
    private HelloSpec() {}

    /** The sample under another name. */
    static ObjectNode named(String name) throws IOException {
        ObjectNode spec = (ObjectNode) DevClusterFixture.JSON.readTree(
                Files.readString(DevClusterFixture.projectRoot().resolve("examples/hello.json")));
        spec.put("name", name);
        return spec;
    }

    /** One whose readiness check asks for what is not there. */
    static ObjectNode neverReady(String name) throws IOException {
        ObjectNode spec = named(name);
        ((ObjectNode) spec.path("readiness").path("mode")).put("path", "/not-there");
        ((ObjectNode) spec.path("readiness")).put("attempts", 100);
        return spec;
    }

    /** One whose checks run inside the container, for an engine whose ports cannot be reached. */
    static ObjectNode checkedInside(String name) throws IOException {
        ObjectNode spec = named(name);
        for (String check : new String[] {"readiness", "healthcheck"}) {
            ((ObjectNode) spec.path(check))
                    .set(
                            "mode",
                            DevClusterFixture.JSON
                                    .createObjectNode()
                                    .put("type", "CMD")
                                    .put("command", "wget -q -O - http://127.0.0.1:8000/health"));
        }
        return spec;
    }
}
