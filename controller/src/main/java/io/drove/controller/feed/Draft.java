package io.drove.controller.feed;

import io.drove.core.contract.Happening;
import io.drove.core.state.AppRecord;
import io.drove.model.app.AppSpec;
import io.drove.model.app.AppState;
import io.drove.model.app.ExposureSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.PortSpec;
import io.drove.model.event.EventType;
import io.drove.model.id.AppId;
import io.drove.model.instance.PortBinding;
import io.drove.model.placement.PlacementPolicy;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An event without its time and id; its metadata are written when somebody reads them. It holds on to no state. */
sealed interface Draft {
    EventType type();

    /** With the original's keys and notations (reference 4.12). */
    SortedMap<String, Object> metadata();

    /** What is written at once, since it is rare. */
    record Written(EventType type, SortedMap<String, Object> metadata) implements Draft {}

    /** A change of an app, with what is told of its spec. Not the spec itself, nor its policy, which may be large: an app may be gone long before its events are. */
    record AppMoved(
            AppId app,
            AppState state,
            int healthy,
            String version,
            String executable,
            int cores,
            long memory,
            String placement,
            List<PortSpec> ports,
            @Nullable String virtualHost)
            implements Draft {
        static AppMoved of(AppState state, AppRecord app) {
            AppSpec spec = app.spec();
            String image = switch (spec.executable()) {
                case Executable.Docker docker -> docker.url();
            };
            ExposureSpec exposure = spec.exposureSpec();
            return new AppMoved(
                    app.id(),
                    state,
                    app.counts().healthy(),
                    spec.version(),
                    image,
                    spec.cores(),
                    spec.memoryInMb(),
                    Draft.name(spec.placementPolicy()),
                    spec.exposedPorts(),
                    exposure == null ? null : exposure.vhost());
        }

        @Override
        public EventType type() {
            return EventType.APP_STATE_CHANGE;
        }

        @Override
        public SortedMap<String, Object> metadata() {
            SortedMap<String, Object> metadata = moved(app, state);
            metadata.put("APP_NAME", app.nameOf(version));
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
            metadata.put("CURRENT_INSTANCES", healthy);
            return metadata;
        }
    }

    /**
     * A change of an instance.
     *
     * @param version the app's
     * @param host the executor's
     */
    record InstanceMoved(
            Happening.InstanceMoved what,
            @Nullable String version,
            @Nullable String host) implements Draft {
        @Override
        public EventType type() {
            return EventType.INSTANCE_STATE_CHANGE;
        }

        @Override
        public SortedMap<String, Object> metadata() {
            SortedMap<String, Object> metadata = new TreeMap<>();
            metadata.put("APP_ID", what.app().value());
            metadata.put("INSTANCE_ID", what.instance().toString());
            metadata.put("EXECUTOR_ID", what.executor().value());
            metadata.put("CURRENT_STATE", what.state().name());
            metadata.put("CREATED", what.created());
            if (!what.error().isEmpty()) {
                metadata.put("ERROR", what.error());
            }
            if (version != null) {
                metadata.put("APP_NAME", what.app().nameOf(version));
            }
            if (!what.ports().isEmpty()) {
                metadata.put("PORTS", written(what.ports()));
            }
            if (host != null) {
                metadata.put("EXECUTOR_HOST", host);
            }
            return metadata;
        }
    }

    /** What is told of an app that nothing else is known of. */
    static SortedMap<String, Object> moved(AppId app, AppState state) {
        SortedMap<String, Object> metadata = new TreeMap<>();
        metadata.put("APP_ID", app.value());
        metadata.put("CURRENT_STATE", state.name());
        return metadata;
    }

    private static String written(List<PortBinding> ports) {
        return ports.stream()
                .map(port -> port.name() + ":" + port.hostPort() + ":"
                        + port.type().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
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
