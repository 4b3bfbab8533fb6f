package io.drove.core.app;

import static io.drove.core.Apps.app;
import static io.drove.core.TestCluster.ops;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.TestCluster;
import io.drove.core.contract.Reply;
import io.drove.model.app.AppOperation;
import io.drove.model.id.AppId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private final TestCluster cluster = new TestCluster();

    @Test
    void an_app_is_created_once() {
        cluster.create(app("web"), 0);

        assertThat(refusals(new AppOperation.Create(app("web").spec(), 0, ops(1))))
                .containsExactly("App web-1 already exists");
    }

    @Test
    void an_unknown_app_is_named() {
        assertThat(refusals(new AppOperation.Scale(new AppId("NOPE-1"), 1, ops(1))))
                .containsExactly("No state found for app: NOPE-1");
    }

    @Test
    void what_is_allowed_depends_on_the_state_in_the_originals_words() {
        AppId web = cluster.create(app("web"), 0);

        assertThat(refusals(new AppOperation.ReplaceInstances(web, List.of(), false, ops(1))))
                .containsExactly("Only [DESTROY, RECOVER, SCALE_INSTANCES, START_INSTANCES] allowed for app web-1"
                        + " as it is in MONITORING state");
    }

    @Test
    void while_scaling_only_another_scale_is_allowed() {
        cluster.executor("a", 4);
        AppId web = cluster.create(app("web"), 2);

        assertThat(refusals(new AppOperation.StartInstances(web, 1, ops(1))))
                .containsExactly("Only [SCALE_INSTANCES] allowed for app web-1 as it is in SCALING_REQUESTED state");
    }

    @Test
    void a_cluster_without_executors_says_so() {
        AppId web = cluster.create(app("web"), 0);

        assertThat(refusals(new AppOperation.Scale(web, 1, ops(1)))).containsExactly("No executors on cluster");
    }

    @Test
    void all_that_is_missing_is_told_at_once() {
        cluster.executor("a", 4);
        AppId web = cluster.create(app("web").cores(5).memory(20_000), 0);

        assertThat(refusals(new AppOperation.Scale(web, 1, ops(1))))
                .containsExactly(
                        "Cluster does not have enough CPU. Required: 5 Available: 4",
                        "Cluster does not have enough Memory. Required: 20000 Available: 10000",
                        "Required cores exceeds the maximum core available on a single NUMA node in the cluster."
                                + " Required: 5 Max: 4");
    }

    @Test
    void unknown_instances_are_named() {
        cluster.executor("a", 4);
        AppId web = cluster.create(app("web"), 1);
        cluster.obeyAll();

        assertThat(refusals(new AppOperation.StopInstances(web, List.of("AI-nope"), true, ops(1))))
                .containsExactly("App web-1 does not have any instances with the following ids: AI-nope");
        assertThat(refusals(new AppOperation.ReplaceInstances(web, List.of("AI-nope"), false, ops(1))))
                .containsExactly("There are no replaceable healthy instances with ids: [AI-nope]");
    }

    @Test
    void nothing_to_cancel_is_refused() {
        AppId web = cluster.create(app("web"), 0);

        assertThat(cluster.cancel(web)).isInstanceOf(Reply.Refused.class);
    }

    private List<String> refusals(AppOperation operation) {
        Reply reply = cluster.ask(operation);
        assertThat(reply).isInstanceOf(Reply.Refused.class);
        return ((Reply.Refused) reply)
                .refusals().stream().map(Reply.Refusal::message).toList();
    }
}
