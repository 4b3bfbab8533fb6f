package io.drove.model.wire;

/** A frame that cannot be understood: the session must end; trying the same bytes again is of no use. */
public final class FrameException extends RuntimeException {
    FrameException(String message) {
        super(message);
    }

    FrameException(String message, Throwable cause) {
        super(message, cause);
    }
}
