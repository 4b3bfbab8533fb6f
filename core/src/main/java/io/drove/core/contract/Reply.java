package io.drove.core.contract;

import io.drove.model.id.AppId;
import io.drove.model.id.OperationId;
import java.util.List;

/** The answer to whoever asked. Leaves only after the changes of its decision are durable. */
public sealed interface Reply {
    /** The operation is on record, and its outcome will be. */
    record Accepted(AppId app, OperationId operation) implements Reply {}

    /** What went on with the app is cancelled. */
    record Cancelled(AppId app, OperationId operation) implements Reply {}

    /** It cannot be done; all reasons at once. */
    record Refused(List<Refusal> refusals) implements Reply {
        public Refused {
            refusals = List.copyOf(refusals);
        }

        public static Refused because(RefusalCode code, String message) {
            return new Refused(List.of(new Refusal(code, message)));
        }
    }

    /** One reason. */
    record Refusal(RefusalCode code, String message) {}

    /** Kinds of reasons, for programs. */
    enum RefusalCode {
        APP_EXISTS,
        NO_SUCH_APP,
        WRONG_STATE,
        NO_SUCH_INSTANCE,
        NOT_ENOUGH_CAPACITY,
        TOO_MANY_INSTANCES,
        TOO_MANY_APPS,
        SPECS_TOO_LARGE,
        NOTHING_TO_CANCEL,
        NOT_LEADING
    }
}
