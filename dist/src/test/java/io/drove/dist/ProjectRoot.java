package io.drove.dist;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the source tree begins, whatever directory the tests run in. */
public final class ProjectRoot {
    private ProjectRoot() {}

    /** The nearest directory, upwards, with the launcher in it. */
    public static Path find() {
        for (@Nullable Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("drove"))) {
                return at;
            }
        }
        throw new IllegalStateException(
                "not within the source tree: " + Path.of("").toAbsolutePath());
    }
}
