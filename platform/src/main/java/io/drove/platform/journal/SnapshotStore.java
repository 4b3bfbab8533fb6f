package io.drove.platform.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The snapshots of one peer, named as Ratis names them: {@code snapshot.<term>_<index>}, the newest two kept. */
final class SnapshotStore implements StateMachineStorage {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);
    private static final int KEPT = 2;
    private static final Pattern LOG_SEGMENT = Pattern.compile("log_(?:inprogress_)?(\\d+)(?:-\\d+)?");

    private @Nullable Path directory;
    private @Nullable Path logDirectory;
    private volatile @Nullable SingleFileSnapshotInfo latest;

    /** A snapshot on disk. */
    record Stored(TermIndex covers, Path file) {}

    @Override
    public void init(RaftStorage storage) throws IOException {
        directory = storage.getStorageDir().getStateMachineDir().toPath();
        logDirectory = storage.getStorageDir().getCurrentDir().toPath();
        Files.createDirectories(directory);
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        return latest;
    }

    @Override
    public void format() {}

    @Override
    public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) {
        // Old ones go when a new one is there, on the thread that wrote it.
    }

    /**
     * The newest snapshot that is intact; broken ones are put aside, with a warning.
     *
     * @throws JournalUnusable if the log does not go back to where that snapshot ends
     */
    Optional<Stored> load() throws IOException {
        List<Path> broken = new ArrayList<>();
        Optional<Stored> newest = Optional.empty();
        for (Stored stored : stored()) {
            if (SnapshotFile.isIntact(stored.file())) {
                newest = Optional.of(stored);
                break;
            }
            broken.add(putAside(stored.file()));
        }
        requireLogAfter(newest.map(stored -> stored.covers().getIndex()).orElse(-1L), broken);
        latest = newest.isPresent() ? info(newest.get()) : null;
        return newest;
    }

    /** Writes a snapshot and forgets all but the newest two. */
    void write(TermIndex covers, Journal.SnapshotWriter content) throws IOException {
        Path file =
                directory().resolve(SimpleStateMachineStorage.getSnapshotFileName(covers.getTerm(), covers.getIndex()));
        SnapshotFile.write(file, content);
        latest = info(new Stored(covers, file));
        for (Stored old : stored().stream().skip(KEPT).toList()) {
            Files.deleteIfExists(
                    MD5FileUtil.getDigestFileForFile(old.file().toFile()).toPath());
            Files.deleteIfExists(old.file());
        }
    }

    /** Up to where the log may be cut: what the older of two snapshots covers; -1 while there is only one. */
    long covered() throws IOException {
        List<Stored> stored = stored();
        return stored.size() < KEPT ? -1 : stored.get(KEPT - 1).covers().getIndex();
    }

    private List<Stored> stored() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> matcher(file).matches())
                    .map(file ->
                            new Stored(SimpleStateMachineStorage.getTermIndexFromSnapshotFile(file.toFile()), file))
                    .sorted(Comparator.comparing(Stored::covers).reversed())
                    .toList();
        }
    }

    private static Matcher matcher(Path file) {
        return SimpleStateMachineStorage.SNAPSHOT_REGEX.matcher(
                file.getFileName().toString());
    }

    private static SingleFileSnapshotInfo info(Stored stored) {
        // Ratis sends it to followers under this digest, which it also keeps beside the file.
        MD5Hash digest = MD5FileUtil.computeAndSaveMd5ForFile(stored.file().toFile());
        return new SingleFileSnapshotInfo(new FileInfo(stored.file(), digest), stored.covers());
    }

    private static Path putAside(Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".corrupt");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        LOG.warn("journal snapshot broken file={} next=\"the one before is used\"", aside);
        return aside;
    }

    private void requireLogAfter(long covered, List<Path> broken) throws IOException {
        long first = firstLogIndex();
        if (first <= covered + 1 || (first == Long.MAX_VALUE && broken.isEmpty())) {
            return;
        }
        String what = broken.isEmpty() ? "snapshots are missing in " + directory() : "broken: " + broken;
        throw new JournalUnusable(
                "the journal cannot be restored: no snapshot reaches the log, which begins at "
                        + (first == Long.MAX_VALUE ? "nothing" : first) + " (" + what
                        + "). With other peers alive, delete this peer's journal directory and it gets a copy; "
                        + "alone, put back a backup of that directory",
                null);
    }

    private long firstLogIndex() throws IOException {
        try (Stream<Path> files = Files.list(Objects.requireNonNull(logDirectory, "initialised"))) {
            return files.map(file -> LOG_SEGMENT.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                    .min()
                    .orElse(Long.MAX_VALUE);
        }
    }

    private Path directory() {
        return Objects.requireNonNull(directory, "initialised");
    }
}
