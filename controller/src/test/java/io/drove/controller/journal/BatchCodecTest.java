package io.drove.controller.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.controller.loop.Specs;
import io.drove.core.contract.Change;
import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.OpSpec;
import io.drove.model.id.OperationId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BatchCodecTest {
    private static final String GOLDEN = "/golden/batch-3.bin";
    private static final String GOLDEN_2_PLAIN_NAMES = "/golden/batch-2-plain-names.bin";
    private static final String GOLDEN_2 = "/golden/batch-2.bin";
    private static final String GOLDEN_1 = "/golden/batch-1.bin";

    private static final int HEADER_BYTES = 21;

    private final BatchCodec codec = new BatchCodec();

    @Test
    void a_batch_is_read_as_it_was_written() {
        Batch read = codec.decode(1, sample());

        assertThat(read.header()).isEqualTo(new Batch.Header(7, 42, all().size()));
        assertThat(read.changes()).isEqualTo(all());
    }

    /** Journals out there have these bytes: when this fails, write a new version and keep reading the old one. */
    @Test
    void the_bytes_of_version_3_are_what_they_always_were() throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.write(Path.of("src/test/resources" + GOLDEN), sample());
        }
        byte[] golden = resource(GOLDEN);

        assertThat(codec.decode(1, golden).changes()).isEqualTo(all());
        assertThat(sample()).isEqualTo(golden);
    }

    /** At first names in specs referred to names before them; version 2 may have either. */
    @Test
    void a_batch_of_version_2_is_read_as_the_same_changes() throws IOException {
        assertThat(codec.decode(1, resource(GOLDEN_2)).changes()).isEqualTo(Samples.inEveryForm());
        assertThat(codec.decode(1, resource(GOLDEN_2_PLAIN_NAMES)).changes()).isEqualTo(Samples.inEveryForm());
    }

    @Test
    void a_batch_of_version_1_is_read_as_the_same_changes() throws IOException {
        assertThat(codec.decode(1, resource(GOLDEN_1)).changes()).isEqualTo(Samples.changes());
    }

    /** Read from bytes, each spec would be a copy of its own; and it is written once. */
    @Test
    void a_registration_and_the_creation_after_it_share_one_spec() {
        AppSpec spec = Specs.app("web");
        Change registered = new Change.AppRegistered(spec, 1);
        Change created = new Change.OperationStarted(
                new OperationId(1, 2), new AppOperation.Create(spec, 2, OpSpec.DEFAULT), List.of(), 0, 1);

        List<Change> read = codec.decode(1, written(registered, created)).changes();

        assertThat(((AppOperation.Create) ((Change.OperationStarted) read.get(1)).what()).spec())
                .isSameAs(((Change.AppRegistered) read.getFirst()).spec());
        assertThat(written(registered, created).length - written(registered).length)
                .isLessThan(100);
    }

    @Test
    void of_specs_that_have_much_in_common_only_the_rest_is_written() {
        List<Change> alike = Samples.alike();

        byte[] first = written(alike.getFirst());
        byte[] batch = written(alike.toArray(Change[]::new));

        assertThat(codec.decode(1, batch).changes()).isEqualTo(alike);
        assertThat(first.length).isGreaterThan(500);
        assertThat(batch.length - first.length).isLessThan(250);
    }

    @Test
    void a_difference_from_a_spec_that_is_not_there_is_refused() {
        byte[] batch = written(new Change.AppRegistered(Specs.app("web"), 1));
        batch[HEADER_BYTES] = 9;

        assertThatThrownBy(() -> codec.decode(5, batch))
                .isInstanceOf(JournalFormatException.class)
                .hasMessageContaining("change 0 of the batch at index 5")
                .hasMessageContaining("difference from one that was not registered");
    }

    @Test
    void a_creation_without_its_registration_is_refused() {
        AppSpec spec = Specs.app("web");
        byte[] registration = written(new Change.AppRegistered(spec, 1));
        byte[] both = written(
                new Change.AppRegistered(spec, 1),
                new Change.OperationStarted(
                        new OperationId(1, 2), new AppOperation.Create(spec, 2, OpSpec.DEFAULT), List.of(), 0, 1));
        byte[] second = Arrays.copyOf(both, HEADER_BYTES + both.length - registration.length);
        System.arraycopy(both, registration.length, second, HEADER_BYTES, both.length - registration.length);
        second[HEADER_BYTES - 1] = 1;

        assertThatThrownBy(() -> codec.decode(5, second))
                .isInstanceOf(JournalFormatException.class)
                .hasMessageContaining("change 0 of the batch at index 5")
                .hasMessageContaining("not registered");
    }

    @Test
    void the_sample_has_a_change_of_each_kind() {
        Set<Class<?>> seen =
                Samples.inEveryForm().stream().map(Object::getClass).collect(Collectors.toSet());

        assertThat(seen).isEqualTo(Set.of(Change.class.getPermittedSubclasses()));
    }

    @Test
    void specs_that_are_read_have_their_equal_parts_in_common() {
        AppSpec one = registered(codec.decode(1, sample()));
        AppSpec other = registered(codec.decode(1, sample()));

        assertThat(other).isEqualTo(one).isNotSameAs(one);
        assertThat(other.healthcheck()).isSameAs(one.healthcheck());
        assertThat(other.env()).isSameAs(one.env());
    }

    private static AppSpec registered(Batch batch) {
        return batch.changes().stream()
                .filter(Change.AppRegistered.class::isInstance)
                .map(change -> ((Change.AppRegistered) change).spec())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_batch_cut_anywhere_is_refused() {
        byte[] whole = sample();

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.decode(5, cut))
                    .as("cut at %d", length)
                    .isInstanceOf(JournalFormatException.class)
                    .hasMessageContaining("index 5");
        }
    }

    @Test
    void a_newer_format_is_refused_with_what_to_do() {
        byte[] newer = sample();
        newer[0] = 4;

        assertThatThrownBy(() -> codec.decode(5, newer))
                .isInstanceOf(JournalFormatException.class)
                .hasMessageContaining("format 4, this program reads 1 to 3")
                .hasMessageContaining("start the version that wrote it");
    }

    @Test
    void more_changes_than_claimed_are_refused() {
        byte[] batch = sample();
        batch[20]--;

        assertThatThrownBy(() -> codec.decode(5, batch))
                .isInstanceOf(JournalFormatException.class)
                .hasMessageContaining("more");
    }

    @Test
    void an_absurd_count_is_refused_before_anything_is_read() {
        byte[] batch = sample();
        batch[17] = 0x7f;

        assertThatThrownBy(() -> codec.decode(5, batch)).isInstanceOf(JournalFormatException.class);
    }

    @Test
    void a_change_of_an_unknown_kind_is_named_by_its_place() {
        byte[] batch = sample();
        String text = new String(batch, java.nio.charset.StandardCharsets.ISO_8859_1);
        int name = text.indexOf("ExecutorLost");
        batch[name] = 'X';

        assertThatThrownBy(() -> codec.decode(5, batch))
                .isInstanceOf(JournalFormatException.class)
                .hasMessageContaining("change 13 of the batch at index 5");
        byte[] other = sample();
        other[21] = 10;
        assertThatThrownBy(() -> codec.decode(5, other))
                .isInstanceOf(JournalFormatException.class)
                .hasMessageContaining("change 0 of the batch at index 5")
                .hasMessageContaining("kind 10");
    }

    private byte[] sample() {
        return written(all().toArray(Change[]::new));
    }

    private static List<Change> all() {
        List<Change> all = new ArrayList<>(Samples.inEveryForm());
        all.addAll(Samples.alike());
        return all;
    }

    private byte[] written(Change... changes) {
        BatchCodec.Writer writer = codec.writer();
        Arrays.stream(changes).forEach(writer::add);
        return writer.finish(7, 42);
    }

    /** Made once by {@code -Dgolden.write=true}, and never again for the same version. */
    private byte[] resource(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream(name), name)) {
            return file.readAllBytes();
        }
    }
}
