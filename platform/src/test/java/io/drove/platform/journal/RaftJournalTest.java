package io.drove.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Closing a Ratis server takes up to a second of waiting, so these tests wait side by side. */
@Execution(ExecutionMode.CONCURRENT)
class RaftJournalTest extends JournalContract {
    private static final int PORT = FreePorts.next();

    @TempDir
    private static Path root;

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final Path directory = root.resolve("journal-" + TESTS.getAndIncrement());

    @Override
    Journal open() {
        return new RaftJournal(RaftSettings.single(directory, PORT).withSnapshotEvery(1 << 30, 1_000));
    }

    @Test
    void snapshots_are_taken_by_themselves_and_two_are_kept() throws Exception {
        appendMany(4_500);
        done(journal().snapshot());

        List<Path> snapshots = snapshots();
        restart();

        assertThat(snapshots).hasSize(2);
        assertThat(machine().batches()).hasSize(4_500);
        assertThat(machine().restoredFrom()).isPositive();
    }

    @Test
    void a_broken_snapshot_falls_back_to_the_one_before() throws Exception {
        appendMany(50);
        long older = done(journal().snapshot());
        done(append("between"));
        done(journal().snapshot());
        journal().close();
        Path newest = snapshots().getLast();
        byte[] content = Files.readAllBytes(newest);
        content[content.length / 2] ^= 1;
        Files.write(newest, content);

        restart();

        assertThat(machine().restoredFrom()).isEqualTo(older);
        assertThat(machine().batches()).hasSize(51);
        assertThat(Files.exists(newest.resolveSibling(newest.getFileName() + ".corrupt")))
                .isTrue();
    }

    @Test
    void without_any_snapshot_that_reaches_the_log_it_says_which_file_and_what_to_do() throws Exception {
        byte[] batch = new byte[1 << 20];
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 20; i++) {
                done(journal().append(term(), batch));
            }
            done(journal().snapshot());
        }
        appendMany(200);
        journal().close();
        for (Path snapshot : snapshots()) {
            Files.write(snapshot, new byte[10]);
        }

        RecordingMachine fresh = new RecordingMachine();
        try (Journal broken = open()) {
            assertThatThrownBy(() -> broken.start(fresh, fresh))
                    .isInstanceOf(JournalUnusable.class)
                    .hasMessageContaining(".corrupt")
                    .hasMessageContaining("put back a backup");
        }
    }

    @Test
    void a_snapshot_that_its_reader_refuses_is_named_with_the_reason() throws Exception {
        done(append("one"));
        done(journal().snapshot());
        journal().close();
        RecordingMachine reader = new RecordingMachine();
        Journal.StateMachine refusing = new Journal.StateMachine() {
            @Override
            public void apply(long index, byte[] batch) {
                reader.apply(index, batch);
            }

            @Override
            public Journal.SnapshotWriter capture() {
                return reader.capture();
            }

            @Override
            public void restore(long index, InputStream snapshot) {
                throw new IllegalArgumentException("app web-1 contradicts itself");
            }
        };

        try (Journal refused = open()) {
            assertThatThrownBy(() -> refused.start(refusing, reader))
                    .isInstanceOf(JournalUnusable.class)
                    .hasMessageContaining(snapshots().getLast().toString())
                    .hasMessageContaining("app web-1 contradicts itself");
        }
    }

    @Test
    void a_torn_end_of_the_log_loses_nothing_acknowledged_before_it() throws Exception {
        List<String> expected = appendMany(50);
        journal().close();
        Path segment = logs().getLast();
        // What a power cut leaves: the beginning of an entry that nobody was told of.
        byte[] content = Files.readAllBytes(segment);
        byte[] torn = new byte[content.length + 7];
        System.arraycopy(content, 0, torn, 0, content.length);
        torn[content.length] = 40;
        torn[content.length + 1] = 8;
        Files.write(segment, torn);

        restart();

        assertThat(machine().batches()).isEqualTo(expected);
        done(append("more"));
    }

    @Test
    void a_taken_port_is_named_with_its_holder() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Journal second = new RaftJournal(
                        RaftSettings.member("1", three("127.0.0.1", other.getLocalPort()), root.resolve("second")))) {
            RecordingMachine fresh = new RecordingMachine();

            assertThatThrownBy(() -> second.start(fresh, fresh))
                    .isInstanceOf(JournalUnusable.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void it_does_not_listen_beyond_loopback_unless_told_so() {
        RaftSettings everywhere = RaftSettings.member("1", three("0.0.0.0", FreePorts.next()), root.resolve("open"));
        RecordingMachine fresh = new RecordingMachine();

        try (Journal journal = new RaftJournal(everywhere)) {
            assertThatThrownBy(() -> journal.start(fresh, fresh)).hasMessageContaining("without authentication");
        }
    }

    @Test
    void a_lone_peer_opens_no_port() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Journal second = new RaftJournal(RaftSettings.single(root.resolve("second"), other.getLocalPort()))) {
            RecordingMachine fresh = new RecordingMachine();

            second.start(fresh, fresh);

            assertThat(other.isBound()).isTrue();
        }
    }

    private static List<RaftSettings.Peer> three(String host, int port) {
        return List.of(
                new RaftSettings.Peer("1", host, port),
                new RaftSettings.Peer("2", "127.0.0.1", FreePorts.next()),
                new RaftSettings.Peer("3", "127.0.0.1", FreePorts.next()));
    }

    private List<Path> snapshots() throws IOException {
        return files("snapshot\\.\\d+_\\d+");
    }

    private List<Path> logs() throws IOException {
        return files("log_.*");
    }

    private List<Path> files(String pattern) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return new ArrayList<>(files.filter(
                            file -> file.getFileName().toString().matches(pattern))
                    .sorted(Comparator.comparingLong(
                            file -> Long.parseLong(file.getFileName().toString().replaceAll(".*[_-]", ""))))
                    .toList());
        }
    }
}
