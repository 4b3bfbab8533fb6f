package io.drove.dist.dev;

/** The cluster, or the sample on it, did not come up; the message says what was found and where to look. */
final class BringUpException extends RuntimeException {
    BringUpException(String message) {
        super(message);
    }
}
