package io.drove.model.container;

import static io.drove.model.Assertion.require;

/** A file that is put into the container before it starts; {@code localFilename} is its path there. */
public sealed interface ConfigSpec {
    String localFilename();

    /** Content that came with the spec. Masked when a spec is read back. */
    record Inline(String localFilename, Blob data) implements ConfigSpec {}

    /** A file of the executor's host. */
    record ExecutorLocalFile(String localFilename, String filePathOnHost) implements ConfigSpec {
        public ExecutorLocalFile {
            require(!filePathOnHost.isEmpty(), "config %s needs a path on the host", localFilename);
        }
    }

    /** Fetched over HTTP by the controller at each start. */
    record ControllerHttpFetch(String localFilename, HttpCall http) implements ConfigSpec {}

    /** Fetched over HTTP by the executor at each start. */
    record ExecutorHttpFetch(String localFilename, HttpCall http) implements ConfigSpec {}
}
