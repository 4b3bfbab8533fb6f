package io.drove.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a run keeps everything: the engine's data, the cluster's, and the logs. Gone at the end unless it is to be kept. */
final class WorkDirectory implements AutoCloseable {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    private final Path path;
    private final boolean isKept;
    private final PrintStream err;
    private boolean isClosed;

    private WorkDirectory(Path path, boolean isKept, PrintStream err) {
        this.path = path;
        this.isKept = isKept;
        this.err = err;
    }

    static WorkDirectory make(Path parent, boolean isKept, PrintStream err) throws IOException {
        Path path = Files.createTempDirectory(parent, "drove-bench-").toRealPath();
        Files.createDirectories(path.resolve("engine"));
        Files.createDirectories(logsIn(path));
        return new WorkDirectory(path, isKept, err);
    }

    Path path() {
        return path;
    }

    Path engine() {
        return path.resolve("engine");
    }

    static Path logsIn(Path path) {
        return path.resolve("logs");
    }

    /** The engine must have ended. */
    @Override
    public void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            unmountAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(path + " stays: interrupted while unmounting", e);
        }
        if (isKept) {
            err.println("kept: " + path);
        } else {
            delete(path);
        }
    }

    /** An engine that was killed leaves mounts behind; deleting through one would reach what is mounted. */
    private void unmountAll() throws IOException, InterruptedException {
        List<String> points = Files.readAllLines(MOUNTS).stream()
                .map(line -> line.split(" ")[1])
                .filter(point -> Path.of(point).startsWith(path))
                .toList();
        for (String point : points.reversed()) {
            Process process = new ProcessBuilder("umount", "--lazy", point)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(path + " stays, since " + point + " cannot be unmounted: " + output.strip());
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
                    throws IOException {
                if (problem != null) {
                    throw problem;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
