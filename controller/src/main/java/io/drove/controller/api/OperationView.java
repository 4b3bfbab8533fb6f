package io.drove.controller.api;

import io.drove.core.contract.OperationCounts;
import io.drove.core.rollout.Measure;
import io.drove.core.rollout.Rollout;
import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Durable;
import io.drove.core.state.OperationRecord;
import io.drove.core.state.PhaseCounts;
import io.drove.core.state.Progress;
import io.drove.model.app.OpSpec;
import io.drove.model.id.AppId;
import io.drove.model.wire.OperationInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Operations as the API shows them: what was asked, how far it is, what it waits for, how it ended. */
final class OperationView {
    private static final Comparator<OperationInfo> NEWEST_FIRST =
            Comparator.comparingLong(OperationInfo::created).reversed();

    private OperationView() {}

    static OperationInfo info(ClusterState state, OperationRecord operation) {
        AppRecord app = state.durable().app(operation.appId());
        Measure measure = isRunning(app, operation) && app != null ? Rollout.measure(app) : null;
        OpSpec how = operation.opSpec();
        Long ended = operation instanceof OperationRecord.Ended over ? over.ended() : null;
        return new OperationInfo(
                operation.id(),
                operation.appId(),
                operation.printedType(),
                operation.state(),
                operation.reason(),
                operation.created(),
                ended == null ? operation.created() : ended,
                ended,
                how.timeout(),
                how.parallelism(),
                how.failureStrategy(),
                measure == null ? reached(operation) : progress(state, operation, measure),
                measure == null || app == null ? "" : detail(state, app, measure));
    }

    /** All remembered operations of an app, the last one first; also those of an app that is gone. */
    static List<OperationInfo> history(ClusterState state, AppId id) {
        Durable durable = state.durable();
        List<OperationRecord> records = new ArrayList<>();
        AppRecord app = durable.app(id);
        if (app != null) {
            app.operations()
                    .reversed()
                    .forEach(operation -> durable.operations().get(operation).forEach(records::add));
        }
        durable.gone()
                .reverse()
                .forEach(operation -> durable.operations()
                        .get(operation)
                        .filter(record -> record.appId().equals(id))
                        .forEach(records::add));
        // Stable: of two with the same time, the one that was recorded later stays first.
        return records.stream()
                .map(record -> info(state, record))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private static boolean isRunning(@Nullable AppRecord app, OperationRecord operation) {
        return app != null && app.running() != null && app.running().id().equals(operation.id());
    }

    /** How far an operation came that is over. */
    private static OperationInfo.@Nullable Progress reached(OperationRecord operation) {
        OperationCounts counts = operation instanceof OperationRecord.Ended ended ? ended.counts() : null;
        return counts == null ? null : new OperationInfo.Progress(counts.wanted(), counts.done(), counts.failed());
    }

    private static OperationInfo.Progress progress(ClusterState state, OperationRecord operation, Measure measure) {
        int failed = state.observed()
                .progress()
                .get(operation.appId())
                .filter(best -> best.operation().equals(operation.id()))
                .map(Progress::failed)
                .getOrElse(0);
        return new OperationInfo.Progress(measure.wanted(), measure.done(), failed);
    }

    private static String detail(ClusterState state, AppRecord app, Measure measure) {
        PhaseCounts counts = app.counts();
        String counted = measure.done() + " of " + measure.wanted() + " done; instances: " + app.desired() + " wanted, "
                + counts.healthy() + " healthy, " + counts.coming() + " starting, " + counts.failing() + " failing, "
                + counts.stopping() + " stopping";
        Stream<String> waiting = Stream.of(
                state.observed()
                        .notPlaced()
                        .get(app.id())
                        .map(why -> "not placed: " + why)
                        .getOrElse(""),
                isPausing(state, app) ? "pausing after failed starts" : "");
        return Stream.concat(Stream.of(counted), waiting.filter(text -> !text.isEmpty()))
                .collect(Collectors.joining("; "));
    }

    private static boolean isPausing(ClusterState state, AppRecord app) {
        return state.observed()
                .backOffs()
                .get(app.id())
                .exists(backOff -> backOff.until() > state.observed().seen());
    }
}
