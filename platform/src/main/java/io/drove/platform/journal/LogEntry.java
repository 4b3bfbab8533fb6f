package io.drove.platform.journal;

import java.nio.ByteBuffer;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/** A log entry: version 1, the term that the batch was decided in (8 bytes, big-endian), the batch. */
record LogEntry(long term, byte[] batch) {
    private static final byte VERSION = 1;
    private static final int HEADER = Byte.BYTES + Long.BYTES;

    /** The entry, without a copy of the batch: whoever appended it must not change it any more. */
    ByteString encode() {
        byte[] header = ByteBuffer.allocate(HEADER).put(VERSION).putLong(term).array();
        return UnsafeByteOperations.unsafeWrap(header).concat(UnsafeByteOperations.unsafeWrap(batch));
    }

    static LogEntry decode(ByteString entry) {
        ByteBuffer header = entry.substring(0, HEADER).asReadOnlyByteBuffer();
        byte version = header.get();
        if (version != VERSION) {
            throw new JournalUnusable(
                    "the journal has an entry of version " + version + ", this program reads " + VERSION
                            + "; use the newer program that wrote it",
                    null);
        }
        return new LogEntry(header.getLong(), entry.substring(HEADER).toByteArray());
    }
}
