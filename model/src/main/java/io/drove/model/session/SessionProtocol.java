package io.drove.model.session;

/** Names and limits of the conversation. */
public final class SessionProtocol {
    /** Version of the vocabulary; sides with different versions refuse each other. */
    public static final int VERSION = 1;
    /** Path of the WebSocket on the controller's API port. */
    public static final String PATH = "/apis/v1/internal/session";
    /** Header of the upgrade request of an executor that takes specs by their difference from the one before on the connection. Any value will do. */
    public static final String SPEC_DIFFERENCES = "Drove-Spec-Differences";
    /**
     * Path on the same port below which an executor asks for a config that the controller is to fetch: {@code /APP_ID/INDEX}, its place among the app's
     * configs. The answer is its content (200), or in words why there is none.
     */
    public static final String CONFIGS = "/apis/v1/internal/configs";
    /** A frame's limit in bytes; longer lists are cut into several frames. A spec may be larger. */
    public static final int FRAME_BYTES_MAX = 64 * 1024;

    private SessionProtocol() {}
}
