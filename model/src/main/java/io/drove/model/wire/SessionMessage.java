package io.drove.model.wire;

import io.drove.model.session.SessionProtocol;
import java.io.ByteArrayOutputStream;

/** Frames that leave together, below the limit of one message; a single frame may be larger. For one thread at a time. */
public final class SessionMessage {
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream(512);

    public boolean isEmpty() {
        return frames.size() == 0;
    }

    /** Whether this frame may go along. */
    public boolean hasRoomFor(byte[] frame) {
        return isEmpty() || frames.size() + frame.length <= SessionProtocol.FRAME_BYTES_MAX;
    }

    public void add(byte[] frame) {
        frames.writeBytes(frame);
    }

    /** All of it; the next message begins. */
    public byte[] take() {
        byte[] all = frames.toByteArray();
        frames.reset();
        return all;
    }
}
