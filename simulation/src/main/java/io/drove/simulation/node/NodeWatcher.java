package io.drove.simulation.node;

import io.drove.core.contract.Reply;
import io.drove.core.state.Durable;
import io.drove.model.app.AppOperation;

/** Sees what the processes do, and what goes wrong inside them. */
public interface NodeWatcher {
    /** A process broke: an assertion or another exception that only a bug can cause. */
    void broke(String process, Throwable bug);

    /** A controller answered a client. */
    void answered(String controller, AppOperation operation, Reply reply);

    /** An executor took a leader of {@code epoch} for its own, or obeyed its order, when its disk said {@code highest}. */
    void obeyed(String executor, long epoch, long highest);

    /** A batch, or a snapshot, has led a controller to that state. */
    void applied(String controller, long sequence, Durable state);

    /** A controller serves as leader of that epoch from now on. */
    void serving(String controller, long epoch);
}
