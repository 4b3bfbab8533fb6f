package io.drove.platform.fetch;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** There is no document; the message says why, without naming the address. */
public final class FetchFailed extends IOException {
    private static final long serialVersionUID = 1;

    FetchFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public FetchFailed(String message) {
        this(message, null);
    }
}
