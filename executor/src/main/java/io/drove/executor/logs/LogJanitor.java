package io.drove.executor.logs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Removes the files of instances that ended long ago, and of the oldest ones when all together are too large. */
public final class LogJanitor {
    private final LogSettings settings;
    private final LogKeeper keeper;

    public LogJanitor(LogSettings settings, LogKeeper keeper) {
        this.settings = settings;
        this.keeper = keeper;
    }

    private record Folder(Path path, long bytes, long changed) {}

    /** One round; {@code wallMillis} is the present. Returns how many instances' files were removed. */
    public int tidy(long wallMillis) throws IOException {
        List<Folder> ended = ended();
        ended.sort(Comparator.comparingLong(Folder::changed).thenComparing(Folder::path));
        long total = ended.stream().mapToLong(Folder::bytes).sum();
        int removed = 0;
        for (Folder folder : ended) {
            boolean isOld = wallMillis - folder.changed() > settings.age().toMillis();
            if (!isOld && total <= settings.totalBytesMax()) {
                break;
            }
            remove(folder.path());
            total -= folder.bytes();
            removed++;
        }
        return removed;
    }

    private List<Folder> ended() throws IOException {
        List<Folder> ended = new ArrayList<>();
        for (Path app : entries(settings.directory())) {
            for (Path instance : entries(app)) {
                if (!keeper.isFollowed(
                        app.getFileName().toString(), instance.getFileName().toString())) {
                    ended.add(folder(instance));
                }
            }
        }
        return ended;
    }

    private static Folder folder(Path instance) throws IOException {
        long bytes = 0;
        long changed = Files.getLastModifiedTime(instance).toMillis();
        for (Path file : entries(instance)) {
            try {
                bytes += Files.size(file);
                changed = Math.max(changed, Files.getLastModifiedTime(file).toMillis());
            } catch (NoSuchFileException turnedMeanwhile) {
                bytes += 0;
            }
        }
        return new Folder(instance, bytes, changed);
    }

    private static void remove(Path instance) throws IOException {
        for (Path file : entries(instance)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(instance);
        Path app = instance.resolveSibling(".").normalize();
        if (entries(app).isEmpty()) {
            Files.deleteIfExists(app);
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException | NotDirectoryException nothing) {
            return entries;
        }
        entries.sort(null);
        return entries;
    }
}
