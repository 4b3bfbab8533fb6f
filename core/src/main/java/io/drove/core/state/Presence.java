package io.drove.core.state;

import io.drove.core.contract.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * An executor as it is seen in this epoch.
 *
 * @param session its connection, or null
 * @param isListed whether it has told all its instances over that connection; only then does it get work
 * @param heard when it was heard of last, monotonic nanoseconds
 * @param isLeaving whether it announced a restart
 */
public record Presence(@Nullable SessionId session, boolean isListed, long heard, boolean isLeaving) {
    /** Whether new work may go there: connected, and its instances are known. */
    public boolean isReady() {
        return session != null && isListed;
    }
}
