package io.drove.model.session;

/** Names and limits of the conversation. */
public final class SessionProtocol {
    /** Version of the vocabulary; sides with different versions refuse each other. */
    public static final int VERSION = 1;
    /** Path of the WebSocket on the controller's API port. */
    public static final String PATH = "/apis/v1/internal/session";
    /** A frame's limit in bytes; longer lists are cut into several frames. A spec may be larger. */
    public static final int FRAME_BYTES_MAX = 64 * 1024;

    private SessionProtocol() {}
}
