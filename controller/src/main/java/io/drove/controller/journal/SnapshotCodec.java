package io.drove.controller.journal;

import io.drove.core.state.Durable;
import io.drove.core.state.SnapshotPart;
import io.drove.core.state.Snapshots;
import io.drove.model.app.AppSpec;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * The durable state as a stream: format version (1 byte), sequence of the last batch in it (8), then each part as length (4) and Smile, a live instance as -2 and {@link
 * InstanceBytes}, an app as -3 and {@link AppBytes}, one after another with its spec as the difference from that one's as -5, an operation that is over as -4 and {@link OperationBytes}, then -1 and the number of parts (8). Never whole in memory. Thread-safe.
 */
public final class SnapshotCodec {
    /** In 1, operations that were over had their own kind of part not yet, and held what was asked; in 2, they and apps were Smile; in 3, specs repeated what they have in common. */
    static final byte VERSION = 4;

    private static final byte OLDEST = 1;

    private static final int END = -1;
    private static final int LIVE = -2;
    private static final int APP = -3;
    private static final int ENDED_OPERATION = -4;
    private static final int APP_DIFFERENCE = -5;
    private static final int BUFFER_BYTES = 64 << 10;

    private final ObjectWriter partWriter = JournalMapper.SMILE.writerFor(SnapshotPart.class);
    private final ObjectReader partReader = JournalMapper.SMILE.readerFor(SnapshotPart.class);

    /** A durable state, and the number of the last batch that led to it. */
    public record Content(long sequence, Durable durable) {}

    public void write(Content content, OutputStream out) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        RecordOutput data = new RecordOutput(buffered);
        data.writeByte(VERSION);
        data.writeLong(content.sequence());
        long count = 0;
        AppSpec before = null;
        for (Iterator<SnapshotPart> parts = Snapshots.parts(content.durable()); parts.hasNext(); count++) {
            switch (parts.next()) {
                case SnapshotPart.Live live -> {
                    data.writeInt(LIVE);
                    InstanceBytes.write(live.instance(), data);
                }
                case SnapshotPart.App app -> {
                    data.writeInt(before == null ? APP : APP_DIFFERENCE);
                    AppBytes.write(app, before, data);
                    before = app.spec();
                }
                case SnapshotPart.EndedOperation operation
                when operation.counts() != null -> {
                    data.writeInt(ENDED_OPERATION);
                    OperationBytes.write(operation, operation.counts(), data);
                }
                case SnapshotPart other -> data.writeBytes(partWriter.writeValueAsBytes(other));
            }
        }
        data.writeInt(END);
        data.writeLong(count);
        buffered.flush();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param index what the snapshot covers, for messages
     */
    public Content read(long index, InputStream in) throws IOException {
        RecordInput data = new RecordInput(new BufferedInputStream(in, BUFFER_BYTES));
        byte version = data.readByte();
        if (version < OLDEST || version > VERSION) {
            throw new JournalFormatException(
                    "snapshot at index " + index + " has format " + version + ", this program reads " + OLDEST + " to "
                            + VERSION + "; start the version that wrote it, or a newer one");
        }
        long sequence = data.readLong();
        return new Content(sequence, Snapshots.restore(new Parts(index, data)));
    }

    /** The parts of a stream, one at a time. */
    private final class Parts implements Iterator<SnapshotPart> {
        private final long index;
        private final RecordInput data;
        private @Nullable AppSpec before;
        private long count;
        private int length;

        Parts(long index, RecordInput data) {
            this.index = index;
            this.data = data;
            this.length = nextLength();
        }

        @Override
        public boolean hasNext() {
            return length != END;
        }

        @Override
        public SnapshotPart next() {
            if (length == END) {
                throw new NoSuchElementException();
            }
            SnapshotPart read = read();
            count++;
            length = nextLength();
            return read;
        }

        private SnapshotPart read() {
            try {
                return switch (length) {
                    case LIVE -> new SnapshotPart.Live(InstanceBytes.read(data));
                    case APP -> app(null);
                    case APP_DIFFERENCE -> app(specBefore());
                    case ENDED_OPERATION -> OperationBytes.read(data);
                    default -> partReader.readValue(data.readBytes(length));
                };
            } catch (IOException | JacksonException | IllegalArgumentException | JournalFormatException unreadable) {
                throw new JournalFormatException(
                        "part " + count + " of the snapshot at index " + index + " cannot be read: "
                                + unreadable.getMessage(),
                        unreadable);
            }
        }

        private SnapshotPart.App app(@Nullable AppSpec as) throws IOException {
            SnapshotPart.App app = AppBytes.read(data, as);
            before = app.spec();
            return app;
        }

        private AppSpec specBefore() {
            if (before == null) {
                throw new JournalFormatException(
                        "an app is told by its difference from the one before it, and there is none");
            }
            return before;
        }

        private int nextLength() {
            try {
                int next = data.readInt();
                if (next == END) {
                    long written = data.readLong();
                    if (written != count) {
                        throw new JournalFormatException("snapshot at index " + index + " has " + count + " parts, "
                                + written + " were written");
                    }
                    return END;
                }
                if (next < APP_DIFFERENCE || next > RecordInput.BYTES_MAX) {
                    throw new JournalFormatException(
                            "part " + count + " of the snapshot at index " + index + " claims " + next + " bytes");
                }
                return next;
            } catch (IOException cut) {
                throw new JournalFormatException(
                        "snapshot at index " + index + " ends after " + count + " parts, without its end", cut);
            }
        }
    }
}
