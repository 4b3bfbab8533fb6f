package io.drove.core.app;

import static io.drove.core.Apps.app;
import static io.drove.core.TestCluster.ops;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.TestCluster;
import io.drove.core.contract.Reply;
import io.drove.core.state.Limits;
import io.drove.core.state.SpecSize;
import io.drove.model.app.AppOperation;
import io.drove.model.id.AppId;
import io.drove.model.placement.PlacementPolicy;
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
    void specs_of_all_apps_together_fit_into_memory_and_one_that_is_destroyed_makes_room() {
        long each = SpecSize.bytes(app("a").spec());
        TestCluster small = new TestCluster(Limits.DEFAULT.withSpecBytesMax(2 * each));
        AppId first = small.create(app("a"), 0);
        small.create(app("b"), 0);
        assertThat(small.state().durable().specBytes()).isEqualTo(2 * each);

        Reply full = small.ask(new AppOperation.Create(app("c").spec(), 0, ops(1)));
        small.accepted(new AppOperation.Destroy(first, ops(1)));
        Reply again = small.ask(new AppOperation.Create(app("c").spec(), 0, ops(1)));

        assertThat(full)
                .isEqualTo(Reply.Refused.because(
                        Reply.RefusalCode.SPECS_TOO_LARGE,
                        "Specs of all apps take 6 kB of memory, the spec of c-1 would take 3 kB, and the most is 6 kB;"
                                + " destroy apps that are not needed, take config files and variables out of the spec,"
                                + " or give the controller more memory (DROVE_HEAP)"));
        assertThat(again).isInstanceOf(Reply.Accepted.class);
    }

    @Test
    void all_reasons_against_a_creation_are_told_at_once() {
        long each = SpecSize.bytes(app("a").spec());
        TestCluster small = new TestCluster(Limits.DEFAULT.withSpecBytesMax(each));
        small.create(app("a"), 0);

        Reply reply = small.ask(new AppOperation.Create(app("a").spec(), 0, ops(1)));

        assertThat(((Reply.Refused) reply).refusals())
                .extracting(Reply.Refusal::code)
                .containsExactly(Reply.RefusalCode.APP_EXISTS, Reply.RefusalCode.SPECS_TOO_LARGE);
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
                                + " Required: 5 Max: 4",
                        "No executor of 1 fits: 1 have too few free cores on one NUMA node;"
                                + " nearest: a has 4 of 5 cores and 10000 of 20000 MB free on NUMA node 0");
    }

    @Test
    void executors_that_take_no_work_are_counted() {
        cluster.disconnect(cluster.executor("a", 4), false);
        AppId web = cluster.create(app("web"), 0);

        assertThat(refusals(new AppOperation.Scale(web, 1, ops(1))))
                .containsExactly("No executors on cluster", "No executor of 1 fits: 1 accept no new work");
    }

    @Test
    void if_some_of_the_instances_fit_it_says_how_many() {
        cluster.executor("a", 4);
        cluster.executor("b", 3);
        AppId web = cluster.create(app("web").cores(2), 1);
        cluster.obeyAll();

        // Two cores are left on each of them, or four and one: five in all, of which one is of no use.
        assertThat(refusals(new AppOperation.Scale(web, 4, ops(1))))
                .containsExactly(
                        "Cluster does not have enough CPU. Required: 6 Available: 5",
                        "There is room for at most 2 of 3 more instances");
    }

    @Test
    void of_what_takes_no_cores_or_no_memory_there_is_always_enough() {
        cluster.executor("a", 1);
        cluster.create(app("full"), 1);
        AppId light = cluster.create(app("light").cores(0), 0);
        AppId large = cluster.create(app("large").cores(0).memory(6_000), 0);
        AppId flat = cluster.create(app("flat").memory(0), 0);

        assertThat(cluster.ask(new AppOperation.Scale(light, 3, ops(1)))).isInstanceOf(Reply.Accepted.class);
        assertThat(refusals(new AppOperation.Scale(large, 2, ops(1))))
                .last()
                .asString()
                .isEqualTo("There is room for at most 1 of 2 more instances");
        assertThat(refusals(new AppOperation.Scale(flat, 1, ops(1)))).isNotEmpty();
    }

    @Test
    void what_the_sums_allow_is_accepted_though_nothing_can_be_placed_now() {
        cluster.executor("a", 4);
        AppId tagged = cluster.create(app("tagged").cores(0).memory(0).placed(new PlacementPolicy.MatchTag("gpu")), 0);

        assertThat(cluster.ask(new AppOperation.Scale(tagged, 1, ops(1)))).isInstanceOf(Reply.Accepted.class);
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
