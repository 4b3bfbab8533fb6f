package io.drove.controller.api;

import io.drove.core.contract.Reply;
import io.drove.core.state.ClusterState;
import io.drove.model.app.AppOperation;
import io.drove.model.id.AppId;
import java.util.concurrent.CompletionStage;

/** The control loop as the API sees it. Safe for use by many threads. */
public interface Cluster {
    /**
     * Hands over an operation. The stage completes after the changes are durable; it fails when nobody can say whether they are or will be, and
     * then whoever asked has to look.
     */
    CompletionStage<Reply> ask(AppOperation operation);

    /** Stops what goes on with an app; completes as {@link #ask} does. */
    CompletionStage<Reply> cancel(AppId app);

    /** The last state of which everything is durable. */
    ClusterState published();

    /** Whether this controller leads and its state is complete. */
    boolean isLeading();
}
