package io.drove.executor.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.agent.ContainerPlan;
import io.drove.core.agent.FoundContainer;
import io.drove.executor.container.ListedContainer;
import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.container.PortType;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import io.drove.model.wire.Decoded;
import io.drove.model.wire.SpecRules;
import io.drove.model.wire.UserDocuments;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerLabelsTest {
    private static final String CHECK = """
            {"mode": {"type": "HTTP", "portName": "main", "path": "/", "verb": "GET", "successCodes": [200]},
             "timeout": "1s", "interval": "1s", "attempts": 3}""";
    private static final String CREATE = """
            {"type": "CREATE", "instances": 1, "opSpec": {"timeout": "1m", "parallelism": 1, "failureStrategy": "STOP"},
             "spec": {"name": "web", "version": "1", "type": "SERVICE",
              "executable": {"type": "DOCKER", "url": "web:1", "dockerPullTimeout": "1m"},
              "exposedPorts": [{"name": "main", "port": 8080, "type": "HTTP"}],
              "resources": [{"type": "CPU", "count": 1}, {"type": "MEMORY", "sizeInMB": 64}],
              "placementPolicy": {"type": "ANY"}, "healthcheck": %s, "readiness": %s,
              "configs": [{"type": "INLINE", "localFilename": "/x", "data": "aHVzaA=="},
                          {"type": "EXECUTOR_HTTP_FETCH", "localFilename": "/y",
                           "http": {"hostname": "h", "authHeader": "hush", "password": "hush", "headers": {"X": "hush"}}}],
              "env": {"PASSWORD": "hush"}, "args": ["--password=hush"], "tags": {"note": "hush"}}}""".formatted(CHECK, CHECK);

    @Test
    void labels_hold_what_adoption_needs_and_no_secret() {
        AppSpec spec = spec();
        ContainerPlan plan = plan(spec);
        ContainerLabels labels = new ContainerLabels();

        Map<String, String> written = labels.of(plan);

        assertThat(written.toString()).doesNotContain("hush").doesNotContain("aHVzaA");
        assertThat(labels.read(new ListedContainer("id", "web-1-AI", "running", written), 0))
                .get()
                .satisfies(found -> {
                    assertThat(found.life()).isEqualTo(FoundContainer.Life.RUNNING);
                    assertThat(found.ports()).isEqualTo(plan.ports());
                    assertThat(found.spec().healthcheck()).isEqualTo(spec.healthcheck());
                });
    }

    /** Else whoever goes back to the release before would leave all containers alone, and start as many again beside them. */
    @Test
    void labels_that_a_newer_release_wrote_are_read_as_far_as_they_are_known() {
        ContainerLabels labels = new ContainerLabels();
        Map<String, String> written = new HashMap<>(labels.of(plan(spec())));
        written.computeIfPresent(
                ContainerLabels.SPEC, (_, json) -> json.replaceFirst("\\{", "{\"surprise\": {\"is\": [1]},"));

        assertThat(labels.read(new ListedContainer("id", "web-1-AI", "running", written), 0))
                .get()
                .extracting(FoundContainer::spec)
                .extracting(AppSpec::id)
                .isEqualTo(AppId.of("web", "1"));
    }

    private static AppSpec spec() {
        return switch (new UserDocuments(SpecRules.DEFAULT).operation(CREATE.getBytes(StandardCharsets.UTF_8))) {
            case Decoded.Valid<AppOperation>(AppOperation.Create create, List<String> _) -> create.spec();
            case Decoded<AppOperation> other -> throw new AssertionError(other.toString());
        };
    }

    private static ContainerPlan plan(AppSpec spec) {
        return new ContainerPlan(
                "web-1-AI",
                new ClusterId("c"),
                InstanceId.parse("AI-00000000-0000-0000-0000-000000000001").orElseThrow(),
                spec,
                new Allocation(0, CoreSet.of(1), 64),
                List.of(new PortBinding("main", 8080, 20_000, PortType.HTTP)),
                Map.of("PASSWORD", "hush", "DROVE_APP_INSTANCE_AUTH_TOKEN", "hush"));
    }
}
