package io.drove.controller.feed;

import io.drove.core.contract.Happening;
import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.ExecutorRecord;
import io.drove.model.app.AppSpec;
import io.drove.model.app.ExposureSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.PortSpec;
import io.drove.model.event.EventType;
import io.drove.model.id.ExecutorId;
import io.drove.model.instance.PortBinding;
import io.drove.model.placement.PlacementPolicy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes happenings as events with the original's keys and notations (reference 4.12). */
final class EventWriter {
    private final String hostname;

    /** An event without its time and id; its metadata are written when somebody reads them. It holds on to no state. */
    record Draft(EventType type, Supplier<SortedMap<String, Object>> metadata) {}

    EventWriter(String hostname) {
        this.hostname = hostname;
    }

    /** The event; empty for what the original has no event for. */
    Optional<Draft> event(ClusterState before, ClusterState after, Happening happening) {
        return switch (happening) {
            case Happening.AppMoved moved -> Optional.of(app(before, after, moved));
            case Happening.InstanceMoved moved -> Optional.of(instance(before, after, moved));
            case Happening.ExecutorAdded added -> Optional.of(added(after, added.executor()));
            case Happening.ExecutorRemoved removed -> {
                SortedMap<String, Object> metadata = new TreeMap<>();
                metadata.put("EXECUTOR_ID", removed.executor().value());
                yield Optional.of(new Draft(EventType.EXECUTOR_REMOVED, () -> metadata));
            }
            case Happening.LeadershipAcquired _ -> {
                SortedMap<String, Object> metadata = new TreeMap<>();
                metadata.put("HOSTNAME", hostname);
                yield Optional.of(new Draft(EventType.LEADERSHIP_ACQUIRED, () -> metadata));
            }
            case Happening.Alarm _ -> Optional.empty();
        };
    }

    private static Draft app(ClusterState before, ClusterState after, Happening.AppMoved moved) {
        AppRecord now = after.durable().app(moved.app());
        AppRecord app = now == null ? before.durable().app(moved.app()) : now;
        if (app == null) {
            return new Draft(EventType.APP_STATE_CHANGE, () -> moved(moved));
        }
        int healthy = app.counts().healthy();
        Shown shown = Shown.of(app.spec());
        return new Draft(EventType.APP_STATE_CHANGE, () -> {
            SortedMap<String, Object> metadata = moved(moved);
            shown.describe(metadata);
            metadata.put("CURRENT_INSTANCES", healthy);
            return metadata;
        });
    }

    private static SortedMap<String, Object> moved(Happening.AppMoved moved) {
        SortedMap<String, Object> metadata = new TreeMap<>();
        metadata.put("APP_ID", moved.app().value());
        metadata.put("CURRENT_STATE", moved.state().name());
        return metadata;
    }

    /** What events tell of a spec. Not the spec itself, nor its policy, which may be large: an app may be gone long before its events are. */
    private record Shown(
            String name,
            String version,
            String executable,
            int cores,
            long memory,
            String placement,
            List<PortSpec> ports,
            @Nullable String virtualHost) {
        static Shown of(AppSpec spec) {
            String image = switch (spec.executable()) {
                case Executable.Docker docker -> docker.url();
            };
            ExposureSpec exposure = spec.exposureSpec();
            return new Shown(
                    spec.name(),
                    spec.version(),
                    image,
                    spec.cores(),
                    spec.memoryInMb(),
                    EventWriter.name(spec.placementPolicy()),
                    spec.exposedPorts(),
                    exposure == null ? null : exposure.vhost());
        }

        void describe(SortedMap<String, Object> metadata) {
            metadata.put("APP_NAME", name);
            metadata.put("APP_VERSION", version);
            metadata.put("EXECUTABLE", executable);
            metadata.put("CPU_COUNT", cores);
            metadata.put("MEMORY", memory);
            metadata.put("PLACEMENT_POLICY", placement);
            metadata.put(
                    "PORTS",
                    ports.stream()
                            .map(port -> port.name() + ":" + port.port() + ":"
                                    + port.type().name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(",")));
            if (virtualHost != null) {
                metadata.put("VHOST", virtualHost);
            }
        }
    }

    private static Draft instance(ClusterState before, ClusterState after, Happening.InstanceMoved moved) {
        AppRecord now = after.durable().app(moved.app());
        AppRecord app = now == null ? before.durable().app(moved.app()) : now;
        String name = app == null ? null : app.spec().name();
        Optional<String> host = moved.ports().isEmpty() ? Optional.empty() : host(before, after, moved.executor());
        return new Draft(EventType.INSTANCE_STATE_CHANGE, () -> {
            SortedMap<String, Object> metadata = new TreeMap<>();
            metadata.put("APP_ID", moved.app().value());
            metadata.put("INSTANCE_ID", moved.instance().toString());
            metadata.put("EXECUTOR_ID", moved.executor().value());
            metadata.put("CURRENT_STATE", moved.state().name());
            metadata.put("CREATED", moved.created());
            if (!moved.error().isEmpty()) {
                metadata.put("ERROR", moved.error());
            }
            if (name != null) {
                metadata.put("APP_NAME", name);
            }
            if (!moved.ports().isEmpty()) {
                metadata.put("PORTS", written(moved.ports()));
            }
            host.ifPresent(hostname -> metadata.put("EXECUTOR_HOST", hostname));
            return metadata;
        });
    }

    private static Draft added(ClusterState after, ExecutorId id) {
        SortedMap<String, Object> metadata = new TreeMap<>();
        metadata.put("EXECUTOR_ID", id.value());
        ExecutorRecord executor = after.durable().executor(id);
        if (executor != null) {
            metadata.put("HOSTNAME", executor.inventory().hostname());
            metadata.put("PORT", executor.inventory().port());
        }
        return new Draft(EventType.EXECUTOR_ADDED, () -> metadata);
    }

    private static String written(List<PortBinding> ports) {
        return ports.stream()
                .map(port -> port.name() + ":" + port.hostPort() + ":"
                        + port.type().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }

    private static Optional<String> host(ClusterState before, ClusterState after, ExecutorId id) {
        ExecutorRecord now = after.durable().executor(id);
        ExecutorRecord executor = now == null ? before.durable().executor(id) : now;
        return Optional.ofNullable(executor).map(known -> known.inventory().hostname());
    }

    private static String name(PlacementPolicy policy) {
        return switch (policy) {
            case PlacementPolicy.Any _ -> "ANY";
            case PlacementPolicy.OnePerHost _ -> "ONE_PER_HOST";
            case PlacementPolicy.MaxPerHost _ -> "MAX_N_PER_HOST";
            case PlacementPolicy.MatchTag _ -> "MATCH_TAG";
            case PlacementPolicy.NoTag _ -> "NO_TAG";
            case PlacementPolicy.RuleBased _ -> "RULE_BASED";
            case PlacementPolicy.Composite _ -> "COMPOSITE";
            case PlacementPolicy.Local _ -> "LOCAL";
        };
    }
}
