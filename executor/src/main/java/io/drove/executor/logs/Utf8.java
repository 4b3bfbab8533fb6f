package io.drove.executor.logs;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Cutting and decoding text without changing its length in bytes. */
final class Utf8 {
    private Utf8() {}

    /**
     * The first {@code wanted} bytes, less a character that they cut; one more character when they hold no whole one. At the end of a file
     * that is still written a half character waits for its other half.
     */
    static ByteBuffer whole(ByteBuffer bytes, int wanted, boolean isAtEnd) {
        int end = Math.min(wanted, bytes.limit());
        int start = end;
        while (start > 0 && end - start < 4 && isContinuation(bytes, start - 1)) {
            start--;
        }
        if (start > 0 && end - start < 4) {
            int length = length(bytes.get(start - 1));
            if (length > end - start + 1) {
                end = start - 1;
            }
        }
        if (end == 0 && bytes.limit() > 0 && wanted > 0) {
            end = isAtEnd ? 0 : Math.min(Math.max(length(bytes.get(0)), 1), bytes.limit());
        }
        return bytes.slice(0, end);
    }

    private static boolean isContinuation(ByteBuffer bytes, int index) {
        return (bytes.get(index) & 0xc0) == 0x80;
    }

    /** How many bytes the character has that begins with this one; 1 for what begins none. */
    private static int length(byte first) {
        int b = first & 0xff;
        return b >= 0xf0 && b < 0xf8 ? 4 : b >= 0xe0 && b < 0xf0 ? 3 : b >= 0xc0 && b < 0xe0 ? 2 : 1;
    }

    /** Bytes that are no text become question marks, one each, so that a reader who counts bytes stays right. */
    static String decode(ByteBuffer bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.remaining() + 1);
        CoderResult result = decoder.decode(bytes, text, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                text.put('?');
            }
            bytes.position(bytes.position() + result.length());
            result = decoder.decode(bytes, text, true);
        }
        return text.flip().toString();
    }
}
