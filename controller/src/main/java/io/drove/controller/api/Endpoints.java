package io.drove.controller.api;

import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Phase;
import io.drove.model.app.AppSpec;
import io.drove.model.app.ExposureSpec;
import io.drove.model.wire.ExposedAppInfo;
import io.drove.model.wire.ExposedAppInfo.ExposedHost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * {@code /endpoints}: where exposed apps are reached (reference 2.4). The order never changes by itself, since gateways reload on a mere permutation: apps by id,
 * hosts by creation of their instance, then by its id. From the durable half only, so that it is right at once after a failover.
 */
final class Endpoints {
    private static final Comparator<InstanceRecord> OLDEST_FIRST =
            Comparator.comparingLong(InstanceRecord::created).thenComparing(InstanceRecord::id);

    private final Supplier<ClusterState> published;

    Endpoints(Supplier<ClusterState> published) {
        this.published = published;
    }

    Answer list(Call call) {
        Set<String> wanted = Set.copyOf(call.all("app"));
        return exposed(app -> wanted.isEmpty() || wanted.contains(app.name()));
    }

    Answer ofApp(Call call) {
        String name = call.path("name");
        return exposed(app -> app.id().isOf(name, app.version()));
    }

    private Answer exposed(Predicate<AppSpec> isWanted) {
        ClusterState state = published.get();
        List<ExposedAppInfo> exposed = new ArrayList<>();
        for (AppRecord app : state.durable().apps().values()) {
            ExposureSpec exposure = app.spec().exposureSpec();
            if (exposure != null
                    && !app.spec().exposedPorts().isEmpty()
                    && app.state().isActive()
                    && isWanted.test(app.spec())) {
                exposed.add(new ExposedAppInfo(
                        app.spec().name(),
                        app.id(),
                        exposure.vhost(),
                        app.spec().tags(),
                        hosts(state, app, exposure.portName())));
            }
        }
        return Answer.success(exposed);
    }

    private static List<ExposedHost> hosts(ClusterState state, AppRecord app, String portName) {
        List<InstanceRecord> healthy = new ArrayList<>(app.counts().healthy());
        for (InstanceRecord instance : app.instances().valuesIterator()) {
            if (instance.phase() == Phase.HEALTHY) {
                healthy.add(instance);
            }
        }
        healthy.sort(OLDEST_FIRST);
        List<ExposedHost> hosts = new ArrayList<>(healthy.size());
        for (InstanceRecord instance : healthy) {
            ExecutorRecord executor = state.durable().executor(instance.executor());
            if (executor != null && !executor.lost()) {
                instance.ports().stream()
                        .filter(port -> port.name().equals(portName))
                        .findFirst()
                        .ifPresent(port -> hosts.add(
                                new ExposedHost(executor.inventory().hostname(), port.hostPort(), port.type())));
            }
        }
        return hosts;
    }
}
