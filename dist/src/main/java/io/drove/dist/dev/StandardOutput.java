package io.drove.dist.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Where what we print goes: passwords must not end in a file that others can read. */
final class StandardOutput {
    /** Tells a supervisor whose words are passed on that they end in such a file. */
    static final String SEEN_BY_OTHERS = "DROVE_OUTPUT_SEEN_BY_OTHERS";

    private static final Path SELF = Path.of("/proc/self/fd/1");

    private StandardOutput() {}

    static boolean isPrivate() {
        return isPrivate(SELF, System.getenv());
    }

    /** Whether {@code output} is a terminal, a pipe or a file of the owner alone. */
    static boolean isPrivate(Path output, Map<String, String> environment) {
        if (environment.containsKey(SEEN_BY_OTHERS)) {
            return false;
        }
        try {
            return !Files.isRegularFile(output)
                    || PosixFilePermissions.fromString("rw-------").containsAll(Files.getPosixFilePermissions(output));
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
