package io.drove.platform.journal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * The file of one snapshot: the state machine's bytes, then a footer of 20 bytes: magic {@code DRSN}, the length of the
 * content and its CRC-32C, big-endian. A file without a right footer is not a snapshot.
 */
final class SnapshotFile {
    private static final int MAGIC = 0x4452534e;
    private static final int FOOTER = Integer.BYTES + Long.BYTES + Long.BYTES;
    private static final int BUFFER = 1 << 16;

    private SnapshotFile() {}

    /** Writes beside the target, syncs, then renames: the target is whole or not there. */
    static void write(Path target, Journal.SnapshotWriter content) throws IOException {
        Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            try (FileOutputStream file = new FileOutputStream(temporary.toFile())) {
                Checksummed out = new Checksummed(new BufferedOutputStream(file, BUFFER));
                content.writeTo(out);
                out.writeFooter();
                out.flush();
                file.getFD().sync();
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        sync(Objects.requireNonNull(target.getParent(), "a snapshot lies in a directory"));
    }

    /** Makes a rename survive a power cut. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Whether the file has its whole content, unchanged. Reads all of it. */
    static boolean isIntact(Path file) throws IOException {
        long size = Files.size(file);
        if (size < FOOTER) {
            return false;
        }
        CRC32C checksum = new CRC32C();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            byte[] buffer = new byte[BUFFER];
            long left = size - FOOTER;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    return false;
                }
                checksum.update(buffer, 0, read);
                left -= read;
            }
            ByteBuffer footer = ByteBuffer.wrap(in.readNBytes(FOOTER));
            return footer.remaining() == FOOTER
                    && footer.getInt() == MAGIC
                    && footer.getLong() == size - FOOTER
                    && footer.getLong() == checksum.getValue();
        }
    }

    /** The content, of a file that {@linkplain #isIntact is intact}. */
    static InputStream open(Path file) throws IOException {
        return new Content(new BufferedInputStream(Files.newInputStream(file), BUFFER), Files.size(file) - FOOTER);
    }

    private static final class Checksummed extends FilterOutputStream {
        private final CRC32C checksum = new CRC32C();
        private long length;

        Checksummed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            checksum.update(value);
            length++;
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            checksum.update(bytes, from, count);
            length += count;
            out.write(bytes, from, count);
        }

        /** The state machine may close what it was given; the footer comes after. */
        @Override
        public void close() throws IOException {
            out.flush();
        }

        void writeFooter() throws IOException {
            ByteBuffer footer = ByteBuffer.allocate(FOOTER);
            out.write(footer.putInt(MAGIC)
                    .putLong(length)
                    .putLong(checksum.getValue())
                    .array());
        }
    }

    private static final class Content extends InputStream {
        private final InputStream in;
        private long left;

        Content(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            left--;
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            if (left == 0) {
                return count == 0 ? 0 : -1;
            }
            int read = in.read(bytes, from, (int) Math.min(count, left));
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
