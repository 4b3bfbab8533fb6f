package io.drove.controller.journal;

import static io.drove.model.Assertion.require;

import io.drove.core.contract.Change;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/** Batches as bytes: format version (1 byte), epoch (8), sequence (8), count (4), all big endian; then the changes, {@link ChangeBytes}. Thread-safe. */
public final class BatchCodec {
    /** The format that is written. In 1, specs and operations were Smile; in 2, specs repeated what they have in common. */
    static final byte VERSION = 3;

    private static final byte OLDEST = 1;
    /** More changes than any batch has; a count above it is damage. */
    static final int CHANGES_MAX = 1 << 20;

    private static final int HEADER_BYTES = 1 + Long.BYTES + Long.BYTES + Integer.BYTES;

    private final ChangeBytes changes = new ChangeBytes();

    /** A batch that is being written, change by change. For one thread. */
    public final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private final ChangeBytes.Writing out = changes.new Writing(new RecordOutput(bytes));
        private int count;

        private Writer() {
            bytes.writeBytes(new byte[HEADER_BYTES]);
        }

        public void add(Change change) {
            try {
                out.write(change);
            } catch (IOException impossible) {
                throw new UncheckedIOException("memory refused bytes", impossible);
            }
            count++;
        }

        /** How many changes it has. */
        public int count() {
            return count;
        }

        /** How large it is by now. */
        public int size() {
            return bytes.size();
        }

        /** The whole, which has one change at least; nothing can be added any more. */
        public byte[] finish(long epoch, long sequence) {
            require(count > 0, "a batch has a change at least");
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
        if (version < OLDEST || version > VERSION) {
            throw new JournalFormatException(
                    "batch at index " + index + " has format " + version + ", this program reads " + OLDEST + " to "
                            + VERSION + "; start the version that wrote it, or a newer one");
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
        List<Change> read = new ArrayList<>(Math.min(header.count(), batch.length));
        ByteArrayInputStream bytes = new ByteArrayInputStream(batch, HEADER_BYTES, batch.length - HEADER_BYTES);
        ChangeBytes.Reading in = changes.new Reading(new RecordInput(bytes));
        try {
            while (read.size() < header.count()) {
                read.add(in.read());
            }
        } catch (EOFException end) {
            throw new JournalFormatException(
                    "batch at index " + index + " claims " + header.count() + " changes and has " + read.size(), end);
        } catch (IOException | JacksonException | IllegalArgumentException | JournalFormatException malformed) {
            throw new JournalFormatException(
                    "change " + read.size() + " of the batch at index " + index + " cannot be understood: "
                            + malformed.getMessage(),
                    malformed);
        }
        if (bytes.available() > 0) {
            throw new JournalFormatException(
                    "batch at index " + index + " claims " + header.count() + " changes and has more");
        }
        return new Batch(header, read);
    }
}
