package io.drove.controller.journal;

import org.jspecify.annotations.Nullable;

/** Bytes of the journal that this program cannot read: written by a newer one, or damaged. Reading them again is of no use. */
public final class JournalFormatException extends RuntimeException {
    JournalFormatException(String message) {
        super(message);
    }

    JournalFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
