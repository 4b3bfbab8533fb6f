package io.drove.controller.api;

import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.EndedInstance;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Sighting;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import io.drove.model.wire.AllocatedResource;
import io.drove.model.wire.InstanceInfo;
import io.drove.model.wire.InstanceInfo.LocalInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Instances of apps as the API shows them (reference 4.10). */
final class InstanceView {
    private static final Comparator<InstanceInfo> OLDEST_FIRST =
            Comparator.comparingLong(InstanceInfo::created).thenComparing(InstanceInfo::instanceId);
    private static final Comparator<InstanceInfo> NEWEST_FIRST =
            Comparator.comparingLong(InstanceInfo::updated).reversed().thenComparing(InstanceInfo::instanceId);

    private InstanceView() {}

    /** The live ones in one of these states, or in any when none is named; oldest first. */
    static List<InstanceInfo> active(ClusterState state, AppRecord app, Set<InstanceState> wanted) {
        return live(state, app)
                .filter(info -> info.state().isActive() && (wanted.isEmpty() || wanted.contains(info.state())))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    /** Those that ended, or failed and are being taken down; the last one first. */
    static List<InstanceInfo> old(ClusterState state, AppRecord app) {
        List<InstanceInfo> all = new ArrayList<>(
                live(state, app).filter(info -> !info.state().isActive()).toList());
        app.ended().forEach(ended -> all.add(ended(state, app, ended)));
        all.sort(NEWEST_FIRST);
        return all;
    }

    /** One instance in whatever state, also one that is over and still remembered. */
    static Optional<InstanceInfo> find(ClusterState state, AppRecord app, InstanceId id) {
        InstanceRecord live = app.instances().getOrElse(id, null);
        if (live != null) {
            return Optional.of(live(state, app, live));
        }
        for (EndedInstance ended : app.ended().reverse()) {
            if (ended.instance().id().equals(id)) {
                return Optional.of(ended(state, app, ended));
            }
        }
        return Optional.empty();
    }

    static InstanceInfo live(ClusterState state, AppRecord app, InstanceRecord instance) {
        Sighting sighting = state.observed().sighting(instance.id());
        List<PortBinding> ports = instance.ports();
        String error = instance.error();
        long updated = instance.updated();
        if (sighting != null) {
            ports = ports.isEmpty() ? sighting.ports() : ports;
            error = error.isEmpty() ? sighting.error() : error;
            updated = Math.max(updated, sighting.updated());
        }
        return info(state, app, instance, ports, state.shown(instance), error, updated);
    }

    private static Stream<InstanceInfo> live(ClusterState state, AppRecord app) {
        return app.instances().valuesIterator().toJavaStream().map(instance -> live(state, app, instance));
    }

    private static InstanceInfo ended(ClusterState state, AppRecord app, EndedInstance ended) {
        InstanceRecord instance = ended.instance();
        return info(state, app, instance, instance.ports(), ended.state(), ended.error(), ended.updated());
    }

    private static InstanceInfo info(
            ClusterState state,
            AppRecord app,
            InstanceRecord instance,
            List<PortBinding> ports,
            InstanceState shown,
            String error,
            long updated) {
        ExecutorRecord executor = state.durable().executor(instance.executor());
        LocalInfo local =
                executor == null ? null : LocalInfo.of(executor.inventory().hostname(), ports);
        return new InstanceInfo(
                app.id(),
                app.spec().name(),
                instance.id(),
                instance.executor(),
                local,
                AllocatedResource.of(instance.allocation()),
                shown,
                Map.of(),
                error,
                instance.created(),
                updated);
    }
}
