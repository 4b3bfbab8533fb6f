package io.drove.model.wire;

import io.drove.model.session.SessionProtocol;
import java.util.ArrayList;
import java.util.List;

/** Frames that leave together, below the limit of one message; a single frame may be larger. For one thread at a time. Keeps nothing that was taken. */
public final class SessionMessage {
    private final List<byte[]> frames = new ArrayList<>(2);
    private int size;

    public boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Whether this frame may go along. */
    public boolean hasRoomFor(byte[] frame) {
        return isEmpty() || size + frame.length <= SessionProtocol.FRAME_BYTES_MAX;
    }

    /** Adds a frame, which must not be changed any more. */
    public void add(byte[] frame) {
        frames.add(frame);
        size += frame.length;
    }

    /** All of it; the next message begins. */
    public byte[] take() {
        byte[] all = frames.size() == 1 ? frames.getFirst() : joined();
        frames.clear();
        size = 0;
        return all;
    }

    private byte[] joined() {
        byte[] all = new byte[size];
        int at = 0;
        for (byte[] frame : frames) {
            System.arraycopy(frame, 0, all, at, frame.length);
            at += frame.length;
        }
        return all;
    }
}
