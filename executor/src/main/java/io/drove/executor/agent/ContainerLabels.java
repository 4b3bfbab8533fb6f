package io.drove.executor.agent;

import io.drove.core.agent.ContainerPlan;
import io.drove.core.agent.FoundContainer;
import io.drove.executor.container.ListedContainer;
import io.drove.model.app.AppSpec;
import io.drove.model.container.Executable;
import io.drove.model.id.ClusterId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.Allocation;
import io.drove.model.wire.InternalCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is written on a container, so that it can be adopted after a restart (reference 5.2): who it is, and what its life needs. No secrets:
 * neither environment, arguments, config files nor the instance's token.
 */
public final class ContainerLabels {
    /** The label that all containers of ours carry. */
    public static final String INSTANCE = "drove.instance.id";

    static final String CLUSTER = "drove.cluster.id";
    static final String SPEC = "drove.instance.spec";
    static final String JOB_TYPE = "drove.job.type";

    private static final Logger LOG = LoggerFactory.getLogger(ContainerLabels.class);

    /** What the life of an instance needs. */
    record Kept(AppSpec spec, Allocation allocation, List<PortBinding> ports) {
        Kept {
            ports = List.copyOf(ports);
        }
    }

    // Unlike the journal's, what a newer release wrote is read as well: the containers run, whichever release comes
    // after it.
    private final JsonMapper json = InternalCodec.configure(JsonMapper.builder())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    Map<String, String> of(ContainerPlan plan) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(JOB_TYPE, plan.spec().type().name());
        labels.put(INSTANCE, plan.instance().toString());
        labels.put(CLUSTER, plan.cluster().value());
        labels.put(
                SPEC, json.writeValueAsString(new Kept(withoutSecrets(plan.spec()), plan.allocation(), plan.ports())));
        return labels;
    }

    private static AppSpec withoutSecrets(AppSpec spec) {
        return new AppSpec(
                spec.id(),
                spec.version(),
                switch (spec.executable()) {
                    case Executable.Docker docker -> docker;
                },
                spec.exposedPorts(),
                spec.volumes(),
                List.of(),
                spec.type(),
                spec.logging(),
                spec.resources(),
                spec.placementPolicy(),
                spec.healthcheck(),
                spec.readiness(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                spec.exposureSpec(),
                spec.preShutdown(),
                spec.userSpec(),
                spec.placementPreferences());
    }

    /** What a container tells of itself; empty, with a warning, when its labels cannot be read: then it is left alone. */
    Optional<FoundContainer> read(ListedContainer container, int exitCode) {
        Map<String, String> labels = container.labels();
        Optional<InstanceId> instance = InstanceId.parse(labels.getOrDefault(INSTANCE, ""));
        String cluster = labels.getOrDefault(CLUSTER, "");
        if (instance.isEmpty() || cluster.isEmpty()) {
            LOG.warn("container left alone container={} reason=labels of another kind", container.name());
            return Optional.empty();
        }
        try {
            Kept record = json.readValue(labels.getOrDefault(SPEC, ""), Kept.class);
            return Optional.of(new FoundContainer(
                    new ClusterId(cluster),
                    instance.get(),
                    record.spec(),
                    record.allocation(),
                    record.ports(),
                    life(container.state()),
                    exitCode));
        } catch (JacksonException e) {
            LOG.warn("container left alone container={} reason={}", container.name(), e.getOriginalMessage());
            return Optional.empty();
        }
    }

    static FoundContainer.Life life(String state) {
        return switch (state) {
            case "created" -> FoundContainer.Life.CREATED;
            case "exited", "dead", "removing", "stopped" -> FoundContainer.Life.EXITED;
            default -> FoundContainer.Life.RUNNING;
        };
    }
}
