package io.drove.dist.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many files a container may hold open: the executor's default, or less where this machine does not allow it. */
final class OpenFiles {
    private static final int WANTED = 470_000;
    private static final Path LIMITS = Path.of("/proc/self/limits");

    private OpenFiles() {}

    static int max() throws IOException {
        return Files.isReadable(LIMITS) ? max(Files.readAllLines(LIMITS)) : WANTED;
    }

    /** From lines such as {@code Max open files  1024  524288  files}: the second figure is the hard limit. */
    static int max(List<String> limits) {
        for (String line : limits) {
            String[] words = line.split("\\s+");
            if (line.startsWith("Max open files") && words.length > 4 && words[4].matches("\\d{1,9}")) {
                return Math.min(WANTED, Integer.parseInt(words[4]));
            }
        }
        return WANTED;
    }
}
