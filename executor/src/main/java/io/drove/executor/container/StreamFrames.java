package io.drove.executor.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The engine's way to carry two output streams over one: eight bytes of header (stream, length) before each piece. */
final class StreamFrames {
    private static final int PIECE_BYTES_MAX = 16 * 1024 * 1024;

    private static final int STDERR = 2;

    private final InputStream in;

    /** What came in one frame. */
    record Piece(OutputSource source, byte[] bytes) {}

    StreamFrames(InputStream in) {
        this.in = in;
    }

    /** The next piece of either stream, or null at the end. */
    @Nullable
    Piece next() throws IOException {
        byte[] header = in.readNBytes(8);
        if (header.length == 0) {
            return null;
        }
        if (header.length < 8) {
            throw new EOFException("the stream ended within a header");
        }
        int length = (header[4] & 0xff) << 24 | (header[5] & 0xff) << 16 | (header[6] & 0xff) << 8 | (header[7] & 0xff);
        if (length < 0 || length > PIECE_BYTES_MAX) {
            throw new IOException("a piece of output of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] piece = in.readNBytes(length);
        if (piece.length < length) {
            throw new EOFException("the stream ended within a piece");
        }
        return new Piece(header[0] == STDERR ? OutputSource.STDERR : OutputSource.STDOUT, piece);
    }
}
