package io.drove.controller.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.core.contract.Change;
import io.drove.core.state.AppRecord;
import io.drove.core.state.Durable;
import io.drove.core.state.EndedInstance;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.Limits;
import io.drove.core.state.OperationRecord;
import io.drove.model.app.AppOperation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {
    private static final String GOLDEN = "/golden/snapshot-4.bin";
    private static final String GOLDEN_3_PLAIN_NAMES = "/golden/snapshot-3-plain-names.bin";
    private static final String GOLDEN_3 = "/golden/snapshot-3.bin";
    private static final String GOLDEN_2 = "/golden/snapshot-2.bin";
    private static final String GOLDEN_1 = "/golden/snapshot-1.bin";

    private final SnapshotCodec codec = new SnapshotCodec();

    @Test
    void every_state_on_the_way_is_read_as_it_was_written() throws IOException {
        Durable durable = Durable.empty();
        for (Change change : Samples.changes()) {
            durable = durable.apply(change, Limits.DEFAULT);
            SnapshotCodec.Content content = new SnapshotCodec.Content(9, durable);

            assertThat(read(written(content))).as("after %s", change).isEqualTo(content);
        }
    }

    /** Snapshots out there have these bytes: when this fails, write a new version and keep reading the old one. */
    @Test
    void the_bytes_of_version_4_are_what_they_always_were() throws IOException {
        SnapshotCodec.Content content = withApps();
        if (Boolean.getBoolean("golden.write")) {
            Files.write(Path.of("src/test/resources" + GOLDEN), written(content));
        }
        byte[] golden = resource(GOLDEN);

        assertThat(read(golden)).isEqualTo(content);
        assertThat(written(content)).isEqualTo(golden);
    }

    /** At first names in specs referred to names before them; version 3 may have either. */
    @Test
    void a_snapshot_of_version_3_is_read_as_the_same_state() throws IOException {
        assertThat(read(resource(GOLDEN_3))).isEqualTo(rich());
        assertThat(read(resource(GOLDEN_3_PLAIN_NAMES))).isEqualTo(rich());
    }

    @Test
    void of_specs_that_have_much_in_common_only_the_rest_is_written() throws IOException {
        SnapshotCodec.Content one = after(Samples.alike().subList(0, 1));
        SnapshotCodec.Content all = after(Samples.alike());

        assertThat(read(written(all))).isEqualTo(all);
        assertThat(written(one).length).isGreaterThan(500);
        assertThat(written(all).length - written(one).length).isLessThan(400);
    }

    @Test
    void a_difference_from_an_app_that_is_not_there_is_refused() throws IOException {
        byte[] snapshot = written(after(Samples.alike().subList(0, 1)));
        byte[] difference = ByteBuffer.allocate(Integer.BYTES).putInt(-5).array();
        int app = new String(snapshot, StandardCharsets.ISO_8859_1)
                .indexOf(
                        new String(ByteBuffer.allocate(Integer.BYTES).putInt(-3).array(), StandardCharsets.ISO_8859_1));
        System.arraycopy(difference, 0, snapshot, app, difference.length);

        assertThatThrownBy(() -> read(snapshot))
                .isInstanceOf(JournalFormatException.class)
                .hasMessageContaining("difference from the one before it, and there is none");
    }

    @Test
    void a_snapshot_of_an_earlier_version_is_read_as_the_same_state() throws IOException {
        assertThat(read(resource(GOLDEN_1))).isEqualTo(before());
        assertThat(read(resource(GOLDEN_2))).isEqualTo(before());
    }

    @Test
    void other_versions_are_refused_with_what_to_do() throws IOException {
        for (byte version : new byte[] {0, SnapshotCodec.VERSION + 1}) {
            byte[] other = written(rich());
            other[0] = version;

            assertThatThrownBy(() -> read(other))
                    .isInstanceOf(JournalFormatException.class)
                    .hasMessageContaining("format " + version + ", this program reads 1 to 4")
                    .hasMessageContaining("start the version that wrote it");
        }
    }

    /** Read from bytes, each spec would be a copy of its own. */
    @Test
    void a_running_creation_and_its_app_share_one_spec() throws IOException {
        Durable durable = Durable.empty();
        for (Change change : Samples.changes().subList(0, 4)) {
            durable = durable.apply(change, Limits.DEFAULT);
        }

        AppRecord app = read(written(new SnapshotCodec.Content(4, durable)))
                .durable()
                .apps()
                .values()
                .head();

        OperationRecord.Running running = Objects.requireNonNull(app.running());
        assertThat(((AppOperation.Create) running.what()).spec()).isSameAs(app.spec());
    }

    /** The same for ids: they would cost as much as what they are in. */
    @Test
    void what_belongs_to_an_app_or_an_executor_holds_their_very_ids() throws IOException {
        BatchCodec batches = new BatchCodec();
        Durable replayed = Durable.empty();
        for (Change change : Samples.changes().subList(0, 12)) {
            BatchCodec.Writer batch = batches.writer();
            batch.add(change);
            for (Change read : batches.decode(1, batch.finish(7, 1)).changes()) {
                replayed = replayed.apply(read, Limits.DEFAULT);
            }
        }

        assertIdsAreShared(replayed);
        assertIdsAreShared(read(written(before())).durable());
    }

    private static void assertIdsAreShared(Durable durable) {
        AppRecord app = durable.apps().values().head();
        ExecutorRecord executor = durable.executors().values().head();
        assertThat(app.instances().values().appendAll(app.ended().map(EndedInstance::instance)))
                .hasSize(2)
                .allSatisfy(instance -> {
                    assertThat(instance.app()).isSameAs(app.id());
                    assertThat(instance.executor()).isSameAs(executor.id());
                });
        assertThat(executor.instances().values())
                .hasSize(1)
                .allSatisfy(id -> assertThat(id).isSameAs(app.id()));
        assertThat(durable.operations().values())
                .hasSize(1)
                .allSatisfy(operation -> assertThat(operation.appId()).isSameAs(app.id()));
    }

    @Test
    void a_snapshot_cut_anywhere_is_refused() throws IOException {
        byte[] whole = written(withApps());

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .as("cut at %d", length)
                    .isInstanceOfAny(JournalFormatException.class, EOFException.class);
        }
    }

    @Test
    void a_part_that_claims_too_much_is_refused_before_memory_is_taken() throws IOException {
        byte[] snapshot = written(rich());
        snapshot[9] = 0x7f;

        assertThatThrownBy(() -> read(snapshot))
                .isInstanceOf(JournalFormatException.class)
                .hasMessageContaining("part 0");
    }

    /** With a live and an ended instance, and an operation of which it is not known how far it came. */
    private static SnapshotCodec.Content before() {
        return after(Samples.changes().subList(0, 12));
    }

    /** And with one of which it is, and one that runs. */
    private static SnapshotCodec.Content rich() {
        List<Change> changes = new ArrayList<>(Samples.changes().subList(0, 12));
        changes.addAll(Samples.twoOperations());
        return after(changes);
    }

    /** And with apps that have much in common. */
    private static SnapshotCodec.Content withApps() {
        List<Change> changes = new ArrayList<>(Samples.changes().subList(0, 12));
        changes.addAll(Samples.twoOperations());
        changes.addAll(Samples.alike());
        return after(changes);
    }

    private static SnapshotCodec.Content after(List<Change> changes) {
        Durable durable = Durable.empty();
        for (Change change : changes) {
            durable = durable.apply(change, Limits.DEFAULT);
        }
        return new SnapshotCodec.Content(changes.size(), durable);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(SnapshotCodecTest.class.getResourceAsStream(name), name)) {
            return file.readAllBytes();
        }
    }

    private byte[] written(SnapshotCodec.Content content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        codec.write(content, out);
        return out.toByteArray();
    }

    private SnapshotCodec.Content read(byte[] bytes) throws IOException {
        return codec.read(3, new ByteArrayInputStream(bytes));
    }
}
