package io.drove.controller.api;

import io.drove.controller.loop.ControlLoop;
import io.drove.controller.loop.Unavailable;
import io.drove.core.contract.Reply;
import io.drove.core.state.ClusterState;
import io.drove.model.app.AppOperation;
import io.drove.model.id.AppId;
import java.util.concurrent.CompletionStage;

/** The control loop as the API sees it; tests script another. Safe for use by many threads. */
public interface Cluster {
    /**
     * Hands over an operation. The stage completes after the changes are durable; it fails with {@link Unavailable}.
     */
    CompletionStage<Reply> ask(AppOperation operation);

    /** Stops what goes on with an app; completes as {@link #ask} does. */
    CompletionStage<Reply> cancel(AppId app);

    /** The last state of which everything is durable. */
    ClusterState published();

    /** Whether this controller leads and its state is complete. */
    boolean isLeading();

    /** The real one. */
    static Cluster of(ControlLoop loop) {
        return new Cluster() {
            @Override
            public CompletionStage<Reply> ask(AppOperation operation) {
                return loop.ask(operation);
            }

            @Override
            public CompletionStage<Reply> cancel(AppId app) {
                return loop.cancel(app);
            }

            @Override
            public ClusterState published() {
                return loop.published();
            }

            @Override
            public boolean isLeading() {
                return loop.isLeading();
            }
        };
    }
}
