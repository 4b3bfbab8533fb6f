package io.drove.model.wire;

import java.io.ByteArrayOutputStream;

/** Puts a message together that comes in parts; one that comes whole is not copied. For one thread at a time. */
public final class MessageParts {
    private final ByteArrayOutputStream before = new ByteArrayOutputStream(0);

    /** Bytes of the parts that came so far. */
    public int size() {
        return before.size();
    }

    /** Keeps a part that others follow. */
    public void add(byte[] part) {
        before.writeBytes(part);
    }

    /** The whole message, of which that is the last part; the next one begins. */
    public byte[] whole(byte[] last) {
        if (before.size() == 0) {
            return last;
        }
        before.writeBytes(last);
        byte[] whole = before.toByteArray();
        before.reset();
        return whole;
    }
}
