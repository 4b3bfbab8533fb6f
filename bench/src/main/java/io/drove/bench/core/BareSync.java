package io.drove.bench.core;

import io.drove.bench.figure.Figure;
import io.drove.bench.figure.Goal;
import io.drove.bench.figure.Samples;
import io.drove.bench.figure.Unit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What the disk itself gives: one file, appended and synced, one after the other. The journal can be better, since it syncs several batches at once. */
final class BareSync {
    private final Path directory;
    private final Duration time;
    private final Consumer<Figure> figures;

    BareSync(Path directory, Duration time, Consumer<Figure> figures) {
        this.directory = directory;
        this.time = time;
        this.figures = figures;
    }

    void measure(int bytes) throws IOException {
        Path file = directory.resolve("bare-" + bytes);
        List<Duration> each = new ArrayList<>();
        long begun = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.allocateDirect(bytes);
            long now = begun;
            while (now - begun < time.toNanos()) {
                content.clear();
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(false);
                long after = System.nanoTime();
                each.add(Duration.ofNanos(after - now));
                now = after;
            }
        } finally {
            Files.deleteIfExists(file);
        }
        Samples milliseconds = Samples.ofMilliseconds(each);
        SortedMap<String, Object> circumstances = new TreeMap<>();
        circumstances.put("bytes", bytes);
        circumstances.put("p50Millis", milliseconds.median());
        circumstances.put("p99Millis", milliseconds.quantile(0.99));
        figures.accept(new Figure(
                "P6",
                "bare disk: " + bytes + " bytes appended and synced, one after the other",
                each.size() / (time.toNanos() / 1e9),
                Unit.PER_SECOND,
                new Goal.None(),
                circumstances));
    }
}
