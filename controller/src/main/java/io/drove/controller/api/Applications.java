package io.drove.controller.api;

import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.model.app.AppSpec;
import io.drove.model.id.AppId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceState;
import io.drove.model.wire.AppSummary;
import io.drove.model.wire.Decoded;
import io.drove.model.wire.Envelope;
import io.drove.model.wire.InstanceInfo;
import io.drove.model.wire.SpecAccepted;
import io.drove.model.wire.SpecMask;
import io.drove.model.wire.UserDocuments;
import io.helidon.http.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** {@code /applications}: what there is (reference 2.1). */
final class Applications {
    private final Supplier<ClusterState> published;
    private final UserDocuments documents;

    Applications(Supplier<ClusterState> published, UserDocuments documents) {
        this.published = published;
        this.documents = documents;
    }

    Answer validate(Call call) {
        return switch (documents.appSpec(call.body())) {
            case Decoded.Valid<AppSpec> valid ->
                new Answer.Wrapped(Status.OK_200, Envelope.success(new SpecAccepted(true), valid.warnings()));
            case Decoded.Invalid<AppSpec> invalid -> Answer.badRequest(Envelope.invalid(invalid));
        };
    }

    /** By id, so that a page is the same for everyone; the original pages over a hash map. */
    Answer list(Call call) {
        int from = call.number("from", 0, 0, Call.PAGE_MAX);
        int size = call.number("size", Call.PAGE_MAX, 0, Call.PAGE_MAX);
        ClusterState state = published.get();
        Map<String, AppSummary> summaries = new LinkedHashMap<>();
        int position = 0;
        for (AppRecord app : state.durable().apps().values()) {
            if (summaries.size() == size) {
                break;
            }
            if (position++ >= from) {
                summaries.put(app.id().value(), AppView.summary(state, app));
            }
        }
        return Answer.success(summaries);
    }

    Answer summary(Call call) {
        return ofApp(call, AppView::summary);
    }

    /** A masked copy; what is stored stays as it is. */
    Answer spec(Call call) {
        return ofApp(call, (_, app) -> SpecMask.mask(app.spec()));
    }

    Answer instances(Call call) {
        Set<InstanceState> wanted = call.names("state", InstanceState.class);
        return Answer.success(
                ofApp(call, List.<InstanceInfo>of(), (state, app) -> InstanceView.active(state, app, wanted)));
    }

    /** Paged with {@code start}, not {@code from}: so it is in the original. */
    Answer oldInstances(Call call) {
        int start = call.number("start", 0, 0, Call.PAGE_MAX);
        int size = call.number("size", Call.PAGE_MAX, 0, Call.PAGE_MAX);
        List<InstanceInfo> old = ofApp(call, List.of(), InstanceView::old);
        return Answer.success(Call.page(old, start, size));
    }

    Answer instance(Call call) {
        Optional<InstanceInfo> found = InstanceId.parse(call.path("instanceId"))
                .flatMap(id -> ofApp(call, Optional.empty(), (state, app) -> InstanceView.find(state, app, id)));
        return found.map(Answer::success)
                .orElseGet(() -> Answer.notFound(
                        "No such application instance " + call.path("id") + "/" + call.path("instanceId")));
    }

    private Answer ofApp(Call call, BiFunction<ClusterState, AppRecord, Object> view) {
        Answer none = Answer.notFound("App " + call.path("id") + " not found");
        return ofApp(call, none, (state, app) -> Answer.success(view.apply(state, app)));
    }

    private <T> T ofApp(Call call, T otherwise, BiFunction<ClusterState, AppRecord, T> view) {
        ClusterState state = published.get();
        AppRecord app = state.durable().app(new AppId(call.path("id")));
        return app == null ? otherwise : view.apply(state, app);
    }
}
