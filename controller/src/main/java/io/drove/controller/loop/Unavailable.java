package io.drove.controller.loop;

/** Why a question got no {@link io.drove.core.contract.Reply}: the world's doing, not the asker's. */
public final class Unavailable extends RuntimeException {
    private final Reason reason;

    /** Kinds of reasons, and with them whether to ask again. */
    public enum Reason {
        /** This controller does not lead; nothing was done. Ask the leader. */
        NOT_LEADING("this controller does not lead; ask the leader"),
        /** More is waiting than may; nothing was done. Ask again in a moment. */
        BUSY("the controller has more to do than it can take; ask again in a moment"),
        /** Leadership was lost on the way: it may have been done. Look before asking again. */
        OUTCOME_UNKNOWN("leadership was lost on the way, so this may have been done or not; look before asking again"),
        /** The controller is being stopped; nothing was done. */
        STOPPING("the controller is being stopped; ask the next leader"),
        /** A mistake in the program; nothing was done, and the log tells more. */
        BROKEN("the controller could not decide this because of a mistake in it; its log tells more");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** Whether nothing was done for sure. */
        public boolean isNothingDone() {
            return this != OUTCOME_UNKNOWN;
        }
    }

    public Unavailable(Reason reason) {
        // Thrown to say something, not to find a bug: a stack trace would cost more than the message.
        super(reason.words, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
