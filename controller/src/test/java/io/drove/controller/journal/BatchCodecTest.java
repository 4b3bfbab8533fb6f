package io.drove.controller.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.core.contract.Change;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BatchCodecTest {
    private static final String GOLDEN = "/golden/batch-1.bin";

    private final BatchCodec codec = new BatchCodec();

    @Test
    void a_batch_is_read_as_it_was_written() {
        Batch read = codec.decode(1, sample());

        assertThat(read.header())
                .isEqualTo(new Batch.Header(7, 42, Samples.changes().size()));
        assertThat(read.changes()).isEqualTo(Samples.changes());
    }

    /** Journals out there have these bytes: when this fails, write a new version and keep reading the old one. */
    @Test
    void the_bytes_of_version_1_are_what_they_always_were() throws IOException {
        byte[] golden = golden();

        assertThat(codec.decode(1, golden).changes()).isEqualTo(Samples.changes());
        assertThat(sample()).isEqualTo(golden);
    }

    @Test
    void the_sample_has_a_change_of_each_kind() {
        Set<Class<?>> seen = Samples.changes().stream().map(Object::getClass).collect(Collectors.toSet());

        assertThat(seen).isEqualTo(Set.of(Change.class.getPermittedSubclasses()));
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
        newer[0] = 2;

        assertThatThrownBy(() -> codec.decode(5, newer))
                .isInstanceOf(JournalFormatException.class)
                .hasMessageContaining("format 2")
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
        other[21] = 9;
        assertThatThrownBy(() -> codec.decode(5, other))
                .isInstanceOf(JournalFormatException.class)
                .hasMessageContaining("change 0 of the batch at index 5")
                .hasMessageContaining("kind 9");
    }

    private byte[] sample() {
        BatchCodec.Writer writer = codec.writer();
        Samples.changes().forEach(writer::add);
        return writer.finish(7, 42);
    }

    /** Made once by {@code -Dgolden.write=true}, and never again for the same version. */
    private byte[] golden() throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.write(Path.of("src/test/resources" + GOLDEN), sample());
        }
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream(GOLDEN), GOLDEN)) {
            return file.readAllBytes();
        }
    }
}
