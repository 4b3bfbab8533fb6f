package io.drove.controller.feed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.controller.loop.Specs;
import io.drove.core.contract.Change;
import io.drove.core.contract.Happening;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Limits;
import io.drove.model.app.AppSpec;
import io.drove.model.app.AppState;
import io.drove.model.container.PortSpec;
import io.drove.model.container.PortType;
import io.drove.model.event.EventType;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import io.drove.model.placement.PlacementPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What events say beyond what {@code ApplicationsTest} sees of an app that does well. */
class EventWriterTest {
    private static final ClusterState EMPTY = ClusterState.empty(Limits.DEFAULT);
    private static final AppId APP = Specs.app("web").id();
    private static final ExecutorId EXECUTOR = ExecutorId.of("host-1", 11_000);
    private static final InstanceId INSTANCE = new InstanceId(InstanceId.Kind.APP, 1, 2);

    private final EventWriter writer = new EventWriter("c1");

    @Test
    void an_app_without_a_virtual_host_says_all_but_that() {
        List<PortSpec> ports =
                List.of(new PortSpec("main", 8080, PortType.HTTP), new PortSpec("metrics", 9090, PortType.TCP));
        ClusterState state = with(spec(ports, new PlacementPolicy.OnePerHost()));

        Draft event = event(EMPTY, state, new Happening.AppMoved(APP, AppState.MONITORING));

        assertThat(event.type()).isEqualTo(EventType.APP_STATE_CHANGE);
        assertThat(event.metadata())
                .isEqualTo(Map.of(
                        "APP_ID", "web-1",
                        "APP_NAME", "web",
                        "APP_VERSION", "1",
                        "CPU_COUNT", 1,
                        "CURRENT_INSTANCES", 0,
                        "CURRENT_STATE", "MONITORING",
                        "EXECUTABLE", "hello:1",
                        "MEMORY", 128L,
                        "PLACEMENT_POLICY", "ONE_PER_HOST",
                        "PORTS", "main:8080:http,metrics:9090:tcp"));
    }

    @Test
    void a_policy_is_told_by_the_word_that_specs_have_for_it() {
        Map<PlacementPolicy, String> words = Map.of(
                new PlacementPolicy.Any(), "ANY",
                new PlacementPolicy.OnePerHost(), "ONE_PER_HOST",
                new PlacementPolicy.MaxPerHost(2), "MAX_N_PER_HOST",
                new PlacementPolicy.MatchTag("ssd"), "MATCH_TAG",
                new PlacementPolicy.NoTag(), "NO_TAG",
                new PlacementPolicy.RuleBased("true", PlacementPolicy.RuleBased.Language.MVEL), "RULE_BASED",
                new PlacementPolicy.Composite(
                                List.of(new PlacementPolicy.NoTag()), PlacementPolicy.Composite.Combiner.AND),
                        "COMPOSITE",
                new PlacementPolicy.Local(true), "LOCAL");

        words.forEach((policy, word) -> assertThat(
                        event(EMPTY, with(spec(List.of(), policy)), new Happening.AppMoved(APP, AppState.RUNNING))
                                .metadata())
                .containsEntry("PLACEMENT_POLICY", word));
    }

    @Test
    void what_is_gone_is_described_as_it_was() {
        ClusterState before = with(Specs.app("web"));

        assertThat(event(before, EMPTY, new Happening.AppMoved(APP, AppState.DESTROYED))
                        .metadata())
                .containsEntry("CURRENT_STATE", "DESTROYED")
                .containsEntry("EXECUTABLE", "hello:1");
        assertThat(event(before, EMPTY, moved("", List.of(binding("main", 32_001, PortType.HTTP))))
                        .metadata())
                .containsEntry("APP_NAME", "web")
                .containsEntry("EXECUTOR_HOST", "host-1");
    }

    @Test
    void of_what_nobody_knows_the_ids_are_told() {
        assertThat(event(EMPTY, EMPTY, new Happening.AppMoved(APP, AppState.DESTROYED))
                        .metadata())
                .isEqualTo(Map.of("APP_ID", "web-1", "CURRENT_STATE", "DESTROYED"));
        assertThat(event(EMPTY, EMPTY, moved("", List.of(binding("main", 32_001, PortType.HTTP))))
                        .metadata())
                .containsOnlyKeys("APP_ID", "CREATED", "CURRENT_STATE", "EXECUTOR_ID", "INSTANCE_ID", "PORTS");
    }

    @Test
    void an_instance_that_failed_before_it_had_ports_says_why() {
        Draft event = event(EMPTY, with(Specs.app("web")), moved("exit code 1", List.of()));

        assertThat(event.type()).isEqualTo(EventType.INSTANCE_STATE_CHANGE);
        assertThat(event.metadata())
                .isEqualTo(Map.of(
                        "APP_ID", "web-1",
                        "APP_NAME", "web",
                        "CREATED", 42L,
                        "CURRENT_STATE", "STOPPED",
                        "ERROR", "exit code 1",
                        "EXECUTOR_ID", EXECUTOR.value(),
                        "INSTANCE_ID", INSTANCE.toString()));
    }

    @Test
    void an_instance_is_reached_by_the_ports_of_its_host() {
        List<PortBinding> ports =
                List.of(binding("main", 32_001, PortType.HTTPS), binding("metrics", 32_002, PortType.UDP));

        assertThat(event(EMPTY, with(Specs.app("web")), moved("", ports)).metadata())
                .containsEntry("PORTS", "main:32001:https,metrics:32002:udp")
                .containsEntry("EXECUTOR_HOST", "host-1")
                .doesNotContainKey("ERROR");
    }

    private Draft event(ClusterState before, ClusterState after, Happening happening) {
        return requireNonNull(writer.event(before, after, happening));
    }

    private static ClusterState with(AppSpec spec) {
        return EMPTY.apply(new Change.ExecutorRegistered(EXECUTOR, "digest", Specs.inventory("host-1", 4), 1))
                .apply(new Change.AppRegistered(spec, 1));
    }

    private static Happening moved(String error, List<PortBinding> ports) {
        return new Happening.InstanceMoved(INSTANCE, APP, EXECUTOR, InstanceState.STOPPED, error, 42, ports);
    }

    private static PortBinding binding(String name, int hostPort, PortType type) {
        return new PortBinding(name, 8080, hostPort, type);
    }

    private static AppSpec spec(List<PortSpec> ports, PlacementPolicy policy) {
        AppSpec web = Specs.app("web");
        return new AppSpec(
                web.name(),
                web.version(),
                web.executable(),
                ports,
                web.volumes(),
                web.configs(),
                web.type(),
                web.logging(),
                web.resources(),
                policy,
                web.healthcheck(),
                web.readiness(),
                web.tags(),
                web.env(),
                web.args(),
                web.devices(),
                web.exposureSpec(),
                web.preShutdown(),
                web.userSpec(),
                web.placementPreferences());
    }
}
