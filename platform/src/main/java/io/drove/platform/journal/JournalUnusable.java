package io.drove.platform.journal;

import org.jspecify.annotations.Nullable;

/** A journal cannot start, or can no longer go on. The message names the file or address and what an operator can do. */
public final class JournalUnusable extends RuntimeException {
    public JournalUnusable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
