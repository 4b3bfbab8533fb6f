package io.drove.controller.feed;

import io.drove.core.contract.Happening;
import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.ExecutorRecord;
import io.drove.model.event.EventType;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes events of happenings. */
final class EventWriter {
    private final String hostname;

    EventWriter(String hostname) {
        this.hostname = hostname;
    }

    /** The event; null for what the original has no event for. */
    @Nullable
    Draft event(ClusterState before, ClusterState after, Happening happening) {
        return switch (happening) {
            case Happening.AppMoved moved -> {
                AppRecord app = app(before, after, moved.app());
                yield app == null
                        ? new Draft.Written(EventType.APP_STATE_CHANGE, Draft.moved(moved.app(), moved.state()))
                        : Draft.AppMoved.of(moved.state(), app);
            }
            case Happening.InstanceMoved moved -> {
                AppRecord app = app(before, after, moved.app());
                yield new Draft.InstanceMoved(
                        moved,
                        app == null ? null : app.spec().version(),
                        moved.ports().isEmpty() ? null : host(before, after, moved.executor()));
            }
            case Happening.ExecutorAdded added -> added(after, added.executor());
            case Happening.ExecutorRemoved removed ->
                new Draft.Written(
                        EventType.EXECUTOR_REMOVED,
                        metadata("EXECUTOR_ID", removed.executor().value()));
            case Happening.LeadershipAcquired _ ->
                new Draft.Written(EventType.LEADERSHIP_ACQUIRED, metadata("HOSTNAME", hostname));
            case Happening.Alarm _ -> null;
        };
    }

    private static @Nullable AppRecord app(ClusterState before, ClusterState after, AppId id) {
        AppRecord now = after.durable().app(id);
        return now == null ? before.durable().app(id) : now;
    }

    private static Draft added(ClusterState after, ExecutorId id) {
        SortedMap<String, Object> metadata = metadata("EXECUTOR_ID", id.value());
        ExecutorRecord executor = after.durable().executor(id);
        if (executor != null) {
            metadata.put("HOSTNAME", executor.inventory().hostname());
            metadata.put("PORT", executor.inventory().port());
        }
        return new Draft.Written(EventType.EXECUTOR_ADDED, metadata);
    }

    private static SortedMap<String, Object> metadata(String key, String value) {
        SortedMap<String, Object> metadata = new TreeMap<>();
        metadata.put(key, value);
        return metadata;
    }

    private static @Nullable String host(ClusterState before, ClusterState after, ExecutorId id) {
        ExecutorRecord now = after.durable().executor(id);
        ExecutorRecord executor = now == null ? before.durable().executor(id) : now;
        return executor == null ? null : executor.inventory().hostname();
    }
}
