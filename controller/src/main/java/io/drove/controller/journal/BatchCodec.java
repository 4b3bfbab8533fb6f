package io.drove.controller.journal;

import static java.util.Objects.requireNonNull;

import io.drove.core.contract.Change;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SequenceWriter;

/**
 * Batches as bytes: format version (1 byte), epoch (8), sequence (8), count (4), all big endian; then the changes in Smile, one root value
 * each. Thread-safe.
 */
public final class BatchCodec {
    /** The format that is written. */
    static final byte VERSION = 1;
    /** More changes than any batch has; a count above it is damage. */
    static final int CHANGES_MAX = 1 << 20;

    private static final int HEADER_BYTES = 1 + Long.BYTES + Long.BYTES + Integer.BYTES;

    private final ObjectWriter changeWriter = JournalMapper.SMILE.writerFor(Change.class);
    private final ObjectReader changeReader = JournalMapper.SMILE.readerFor(Change.class);

    /** A batch that is being written, change by change. For one thread. */
    public final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        // Made with the first change: most steps of a calm cluster have none.
        private @Nullable SequenceWriter changes;
        private int count;

        private Writer() {}

        public void add(Change change) {
            SequenceWriter writer = changes;
            if (writer == null) {
                bytes.writeBytes(new byte[HEADER_BYTES]);
                writer = changeWriter.writeValues(bytes);
                changes = writer;
            }
            writer.write(change);
            count++;
        }

        /** How many changes it has. */
        public int count() {
            return count;
        }

        /** How large it is by now. */
        public int size() {
            SequenceWriter writer = changes;
            if (writer != null) {
                writer.flush();
            }
            return bytes.size();
        }

        /** The whole, which has one change at least; nothing can be added any more. */
        public byte[] finish(long epoch, long sequence) {
            requireNonNull(changes, "a batch has a change at least").close();
            byte[] all = bytes.toByteArray();
            ByteBuffer.wrap(all).put(VERSION).putLong(epoch).putLong(sequence).putInt(count);
            return all;
        }
    }

    /** Begins a batch. */
    public Writer writer() {
        return new Writer();
    }

    /** What stands before the changes. */
    public Batch.Header header(long index, byte[] batch) {
        if (batch.length < HEADER_BYTES) {
            throw new JournalFormatException("batch at index " + index + " has " + batch.length + " bytes, at least "
                    + HEADER_BYTES + " are needed");
        }
        ByteBuffer bytes = ByteBuffer.wrap(batch);
        byte version = bytes.get();
        if (version != VERSION) {
            throw new JournalFormatException("batch at index " + index + " has format " + version
                    + ", this program reads " + VERSION + "; start the version that wrote it, or a newer one");
        }
        Batch.Header header = new Batch.Header(bytes.getLong(), bytes.getLong(), bytes.getInt());
        if (header.count() < 0 || header.count() > CHANGES_MAX) {
            throw new JournalFormatException("batch at index " + index + " claims " + header.count() + " changes");
        }
        return header;
    }

    /**
     * Reads a batch.
     *
     * @param index where it stands in the journal, for messages
     */
    public Batch decode(long index, byte[] batch) {
        Batch.Header header = header(index, batch);
        List<Change> changes = new ArrayList<>(Math.min(header.count(), batch.length));
        try (MappingIterator<Change> values =
                changeReader.readValues(batch, HEADER_BYTES, batch.length - HEADER_BYTES)) {
            while (values.hasNextValue()) {
                changes.add(values.nextValue());
                if (changes.size() > header.count()) {
                    break;
                }
            }
        } catch (JacksonException malformed) {
            throw new JournalFormatException(
                    "change " + changes.size() + " of the batch at index " + index + " cannot be understood: "
                            + malformed.getOriginalMessage(),
                    malformed);
        }
        if (changes.size() != header.count()) {
            throw new JournalFormatException("batch at index " + index + " claims " + header.count()
                    + " changes and has " + (changes.size() > header.count() ? "more" : changes.size()));
        }
        return new Batch(header, changes);
    }
}
