package io.drove.model.wire;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Which directories of a host may be mounted, or config files be taken from. Whole path components are compared after {@code .} and {@code ..} are resolved: {@code /data}
 * allows neither {@code /database} nor {@code /data/../etc}, both of which the original's prefix test lets through.
 */
final class MountRule {
    private MountRule() {}

    static boolean allows(List<String> directories, String path) {
        if (directories.isEmpty()) {
            return true;
        }
        try {
            Path wanted = Path.of(path).normalize();
            return wanted.isAbsolute()
                    && directories.stream()
                            .anyMatch(directory ->
                                    wanted.startsWith(Path.of(directory).normalize()));
        } catch (InvalidPathException notAPath) {
            return false;
        }
    }
}
