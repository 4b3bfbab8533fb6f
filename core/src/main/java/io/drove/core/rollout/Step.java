package io.drove.core.rollout;

import static io.drove.model.Assertion.require;

import io.drove.core.contract.StopReason;

/** What an app needs now: so many starts, and so many stops of those that {@code kind} says. */
record Step(int starts, int stops, Kind kind) {
    /** Which instances a step stops. */
    enum Kind {
        /** Any: there are too many. */
        SURPLUS(StopReason.SURPLUS),
        /** Targets of the operation that others took the place of. */
        REPLACED(StopReason.REPLACED),
        /** Targets of the operation. */
        ASKED(StopReason.ASKED);

        private final StopReason reason;

        Kind(StopReason reason) {
            this.reason = reason;
        }

        StopReason reason() {
            return reason;
        }
    }

    Step {
        require(starts >= 0 && stops >= 0, "starts and stops must not be negative, were %d and %d", starts, stops);
    }

    static Step of(int starts, int stops, Kind kind) {
        return new Step(Math.max(0, starts), Math.max(0, stops), kind);
    }
}
