package io.drove.controller.api;

import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.model.app.AppSpec;
import io.drove.model.wire.AppSummary;

/** Apps as the API shows them: from counters, never by looking at instances, so that a list of thousands stays cheap. */
final class AppView {
    private AppView() {}

    static AppSummary summary(ClusterState state, AppRecord app) {
        AppSpec spec = app.spec();
        return new AppSummary(
                app.id(),
                spec.name(),
                app.desired(),
                app.counts().healthy(),
                (long) spec.cores() * app.desired(),
                spec.memoryInMb() * app.desired(),
                spec.tags(),
                app.state(),
                app.created(),
                app.updated(),
                state.observed().notPlaced().getOrElse(app.id(), null));
    }
}
