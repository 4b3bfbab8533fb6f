package io.drove.core.liveness;

import static io.drove.core.Apps.app;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.TestCluster;
import io.drove.core.contract.Command;
import io.drove.core.contract.Happening;
import io.drove.core.contract.Now;
import io.drove.core.contract.Seed;
import io.drove.core.contract.StopReason;
import io.drove.core.placement.Room;
import io.drove.core.state.Due;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Ledger;
import io.drove.core.state.Observed.GivenUp;
import io.drove.core.state.Phase;
import io.drove.model.app.AppOperation;
import io.drove.model.app.AppState;
import io.drove.model.app.FailureStrategy;
import io.drove.model.app.OpSpec;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.time.TimeSpan;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LivenessTest {
    private final TestCluster cluster = new TestCluster();

    @Test
    void a_disconnected_executor_gets_no_new_work_at_once() {
        ExecutorId a = cluster.executor("a", 4);
        cluster.disconnect(a, false);

        AppId web = cluster.create(app("web"), 1);

        assertThat(cluster.app(web).instances()).isEmpty();
        assertThat(cluster.state().observed().notPlaced().get(web).get()).contains("1 accept no new work");
    }

    @Test
    void a_silent_executor_keeps_its_instances_until_the_grace_ends() {
        ExecutorId a = cluster.executor("a", 4);
        cluster.executor("b", 4);
        AppId web = cluster.create(app("web").placed(new PlacementPolicy.OnePerHost()), 1);
        cluster.obeyAll();
        InstanceRecord instance = cluster.instances(web, Phase.HEALTHY).getFirst();
        assertThat(instance.executor()).isEqualTo(first(a, "b"));

        cluster.pass(31);
        cluster.silence(instance.executor());
        cluster.pass(6);
        assertThat(cluster.instances(web, Phase.HEALTHY)).containsExactly(instance);

        cluster.pass(2);
        assertThat(cluster.instances(web, Phase.COMING)).hasSize(1).doesNotContain(instance);
        assertThat(record(instance.executor()).lost()).isTrue();
    }

    @Test
    void an_executor_that_announced_a_restart_gets_a_minute() {
        ExecutorId a = cluster.executor("a", 4);
        AppId web = cluster.create(app("web"), 1);
        cluster.obeyAll();
        cluster.pass(31);

        cluster.disconnect(a, true);
        cluster.silence(a);
        cluster.executor("b", 4);
        cluster.pass(58);
        assertThat(cluster.instances(web, Phase.HEALTHY)).hasSize(1);

        cluster.pass(4);
        assertThat(cluster.instances(web, Phase.HEALTHY)).isEmpty();
        assertThat(cluster.instances(web, Phase.COMING)).hasSize(1);
    }

    @Test
    void what_cannot_run_elsewhere_is_not_given_up_and_goes_on_when_its_executor_is_back() {
        ExecutorId a = cluster.executor("a", 4);
        AppId web = cluster.create(app("web"), 3);
        cluster.obeyAll();
        List<InstanceRecord> before = cluster.instances(web, Phase.HEALTHY);
        cluster.pass(31);

        cluster.silence(a);
        cluster.pass(120);
        assertThat(record(a).lost()).isTrue();
        cluster.connect(a, null);
        cluster.list(
                a,
                before.stream()
                        .map(instance -> report(instance, InstanceState.HEALTHY))
                        .toList());

        assertThat(cluster.instances(web, Phase.HEALTHY)).isEqualTo(before);
    }

    /** Gateways look again at events of apps and instances only, and not by themselves. */
    @Test
    void those_who_follow_an_app_hear_when_its_endpoints_go_and_come_with_an_executor() {
        ExecutorId a = cluster.executor("a", 4);
        AppId web = cluster.create(app("web").exposedAs("web.example"), 3);
        cluster.create(app("inner"), 1);
        cluster.obeyAll();
        List<InstanceRecord> before = cluster.instances(web, Phase.HEALTHY);
        cluster.pass(31);

        cluster.happenings().clear();
        cluster.silence(a);
        cluster.pass(10);
        assertThat(cluster.happenings())
                .containsExactly(new Happening.ExecutorRemoved(a), new Happening.AppMoved(web, AppState.RUNNING));

        cluster.happenings().clear();
        cluster.connect(a, null);
        assertThat(cluster.happenings())
                .containsExactly(new Happening.ExecutorAdded(a), new Happening.AppMoved(web, AppState.RUNNING));
        assertThat(cluster.instances(web, Phase.HEALTHY)).isEqualTo(before);
    }

    @Test
    void an_app_whose_executors_go_together_is_told_of_once() {
        ExecutorId a = cluster.executor("a", 4);
        ExecutorId b = cluster.executor("b", 4);
        AppId web = cluster.create(app("web").exposedAs("web.example"), 4);
        cluster.obeyAll();
        cluster.pass(31);

        cluster.happenings().clear();
        cluster.silence(a);
        cluster.silence(b);
        cluster.pass(10);

        assertThat(cluster.happenings())
                .containsExactlyInAnyOrder(
                        new Happening.ExecutorRemoved(a),
                        new Happening.ExecutorRemoved(b),
                        new Happening.AppMoved(web, AppState.RUNNING));
    }

    @Test
    void only_as_many_are_given_up_as_find_a_place_elsewhere_and_the_rest_when_there_is_more() {
        ExecutorId a = cluster.executor("a", 4);
        cluster.create(app("web"), 4);
        cluster.obeyAll();
        cluster.pass(31);
        cluster.executor("b", 1);

        cluster.silence(a);
        cluster.pass(10);
        assertThat(record(a).instances()).hasSize(3);

        cluster.executor("c", 2);
        assertThat(record(a).instances()).hasSize(1);
    }

    @Test
    void what_is_not_wanted_any_more_is_given_up_at_once() {
        ExecutorId a = cluster.executor("a", 4);
        AppId web = cluster.create(app("web"), 3);
        cluster.obeyAll();
        cluster.pass(31);
        cluster.silence(a);
        cluster.pass(10);

        cluster.accepted(new AppOperation.Suspend(web, TestCluster.ops(8)));

        assertThat(cluster.app(web).instances()).isEmpty();
        assertThat(cluster.app(web).running()).isNull();
    }

    @Test
    void a_pause_of_our_own_loses_nobody() {
        cluster.executor("a", 4);
        AppId web = cluster.create(app("web"), 1);
        cluster.obeyAll();
        cluster.pass(31);

        cluster.pause(120);
        cluster.pass(30);

        assertThat(cluster.instances(web, Phase.HEALTHY)).hasSize(1);
    }

    @Test
    void after_a_pause_of_our_own_executors_that_hung_up_have_time_to_dial_again() {
        ExecutorId a = cluster.executor("a", 4);
        AppId web = cluster.create(app("web"), 1);
        cluster.obeyAll();
        InstanceRecord instance = cluster.instances(web, Phase.HEALTHY).getFirst();
        cluster.pass(31);

        cluster.silence(a);
        cluster.pause(12);
        cluster.disconnect(a, false);
        cluster.pass(13);
        cluster.connect(a, null);
        cluster.list(a, List.of(report(instance, InstanceState.HEALTHY)));

        assertThat(cluster.instances(web, Phase.HEALTHY)).containsExactly(instance);
    }

    @Test
    void nobody_is_lost_while_what_executors_told_waits_and_who_is_gone_is_lost_after_that() {
        cluster.executor("a", 4);
        cluster.executor("b", 4);
        AppId web = cluster.create(app("web"), 1);
        cluster.obeyAll();
        cluster.pass(31);
        InstanceRecord instance = cluster.instances(web, Phase.HEALTHY).getFirst();

        cluster.silence(instance.executor());
        for (int i = 0; i < 20; i++) {
            cluster.fallBehind();
            cluster.pass(1);
        }
        assertThat(record(instance.executor()).lost()).isFalse();
        assertThat(cluster.instances(web, Phase.HEALTHY)).containsExactly(instance);

        cluster.pass(8);
        assertThat(record(instance.executor()).lost()).isTrue();
        assertThat(cluster.instances(web, Phase.COMING)).hasSize(1);
    }

    @Test
    void what_is_held_back_is_looked_at_again_once_a_second() {
        ExecutorId a = cluster.executor("a", 4);
        cluster.create(app("web"), 4);
        cluster.obeyAll();
        cluster.pass(31);
        cluster.silence(a);
        cluster.pass(10);
        assertThat(record(a).instances()).hasSize(4);

        cluster.executor("b", 1);
        cluster.executor("c", 1);
        cluster.executor("d", 1);
        assertThat(record(a).instances()).hasSize(3);
        cluster.pass(2);
        assertThat(record(a).instances()).hasSize(1);
    }

    @Test
    void what_is_stopping_is_given_up_though_its_app_is_held_back() {
        ExecutorId a = cluster.executor("a", 4);
        ExecutorId b = cluster.executor("b", 4);
        AppId web = cluster.create(app("web"), 8);
        cluster.obeyAll();
        cluster.pass(31);
        cluster.silence(a);
        cluster.silence(b);
        List<String> stopping = Stream.of(a, b)
                .map(executor ->
                        record(executor).instances().keySet().max().get().toString())
                .toList();
        cluster.accepted(new AppOperation.StopInstances(web, stopping, true, TestCluster.ops(2)));
        assertThat(cluster.instances(web, Phase.STOPPING)).hasSize(2);

        cluster.pass(10);
        assertThat(cluster.instances(web, Phase.STOPPING)).isEmpty();
        assertThat(record(a).instances()).hasSize(3);
        assertThat(record(b).instances()).hasSize(3);
    }

    /** Else what can run elsewhere would wait, each time that somebody tells of room, for what cannot. */
    @Test
    void giving_up_that_goes_on_is_not_put_off_by_what_is_held_back() {
        Ledger ledger = new Ledger(cluster.state(), new Now(5_000, 1), new Seed(1, 1), Room.of(cluster.state()));
        ledger.givenUp(new GivenUp(4_000, 10, true));

        Liveness.giveUpHeld(ledger);
        assertThat(ledger.observed().deadlines().at(new Due.GiveUpMore())).isEqualTo(4_000 + 1_000_000_000L);

        ledger.arm(new Due.GiveUpMore(), 5_000);
        Liveness.giveUpHeld(ledger);
        assertThat(ledger.observed().deadlines().at(new Due.GiveUpMore())).isEqualTo(5_000);
    }

    @Test
    void a_start_is_not_overdue_while_what_executors_told_waits() {
        cluster.executor("a", 4);
        AppId web = app("web").spec().id();
        cluster.accepted(new AppOperation.Create(
                app("web").spec(), 1, new OpSpec(TimeSpan.ofMinutes(60), 1, FailureStrategy.STOP)));
        InstanceRecord instance = cluster.instances(web, Phase.COMING).getFirst();

        for (int i = 0; i < 600; i++) {
            cluster.fallBehind();
            cluster.pass(1);
        }
        assertThat(cluster.instances(web, Phase.COMING)).containsExactly(instance);

        cluster.pass(8);
        assertThat(cluster.instances(web, Phase.COMING)).doesNotContain(instance);
    }

    @Test
    void after_an_election_executors_have_time_to_find_the_new_leader() {
        ExecutorId a = cluster.executor("a", 4);
        AppId web = cluster.create(app("web"), 1);
        cluster.obeyAll();
        InstanceRecord instance = cluster.instances(web, Phase.HEALTHY).getFirst();

        cluster.lead();
        cluster.pass(25);
        cluster.connect(a, null);
        cluster.list(a, List.of(report(instance, InstanceState.HEALTHY)));
        cluster.pass(30);

        assertThat(cluster.instances(web, Phase.HEALTHY)).containsExactly(instance);
    }

    @Test
    void what_was_given_up_holds_its_cores_until_its_executor_is_back_and_is_then_stopped_by_name() {
        ExecutorId a = cluster.executor("a", 1);
        AppId web = cluster.create(app("web"), 1);
        cluster.obeyAll();
        InstanceRecord instance = cluster.instances(web, Phase.HEALTHY).getFirst();
        cluster.pass(31);
        ExecutorId b = cluster.executor("b", 1);
        cluster.silence(a);
        cluster.pass(9);
        assertThat(record(a).ghosts().keySet()).containsExactly(instance.id());
        assertThat(cluster.instances(web, Phase.COMING).getFirst().executor()).isEqualTo(b);
        AppId next = cluster.create(app("next"), 1);

        cluster.connect(a, null);
        cluster.commands().clear();
        cluster.list(a, List.of(report(instance, InstanceState.HEALTHY)));
        assertThat(cluster.commands()).containsExactly(new Command.Stop(a, instance.id(), StopReason.GIVEN_UP));
        assertThat(cluster.app(next).instances()).isEmpty();

        cluster.report(instance, InstanceState.STOPPED, "");
        assertThat(record(a).ghosts()).isEmpty();
        assertThat(cluster.app(next).instances()).hasSize(1);
    }

    @Test
    void an_executor_that_comes_back_in_time_goes_on_as_if_nothing_had_been() {
        ExecutorId a = cluster.executor("a", 4);
        AppId web = cluster.create(app("web"), 2);
        cluster.obeyAll();
        List<InstanceRecord> before = cluster.instances(web, Phase.HEALTHY);
        cluster.pass(31);

        cluster.disconnect(a, false);
        cluster.pass(5);
        cluster.connect(a, null);
        cluster.list(
                a,
                before.stream()
                        .map(instance -> report(instance, InstanceState.HEALTHY))
                        .toList());
        cluster.pass(20);

        assertThat(cluster.instances(web, Phase.HEALTHY)).isEqualTo(before);
    }

    @Test
    void a_start_that_never_arrived_is_sent_again_and_a_healthy_one_that_is_gone_is_replaced() {
        ExecutorId a = cluster.executor("a", 4);
        AppId web = cluster.create(app("web"), 2);
        cluster.obeyNext();
        InstanceRecord healthy = cluster.instances(web, Phase.HEALTHY).getFirst();
        InstanceRecord coming = cluster.instances(web, Phase.COMING).getFirst();
        cluster.commands().clear();

        cluster.connect(a, null);
        cluster.list(a, List.of());

        assertThat(cluster.commands()).contains(new Command.Start(a, coming.id(), web, coming.allocation()));
        assertThat(cluster.app(web).instances().containsKey(healthy.id())).isFalse();
        assertThat(cluster.instances(web, Phase.COMING)).hasSize(2);
    }

    @Test
    void a_stranger_is_stopped_only_after_it_was_condemned_by_name() {
        ExecutorId a = cluster.executor("a", 4);
        AppId web = cluster.create(app("web"), 1);
        cluster.obeyAll();
        InstanceRecord known = cluster.instances(web, Phase.HEALTHY).getFirst();
        var stranger = new io.drove.model.id.InstanceId(io.drove.model.id.InstanceId.Kind.APP, 7, 7);

        cluster.connect(a, null);
        cluster.list(
                a,
                List.of(
                        report(known, InstanceState.HEALTHY),
                        new InstanceReport(stranger, web, InstanceState.HEALTHY, List.of(), "", 1)));

        assertThat(record(a).ghosts().keySet()).containsExactly(stranger);
        assertThat(cluster.commands()).contains(new Command.Stop(a, stranger, StopReason.GIVEN_UP));
    }

    private ExecutorId first(ExecutorId a, String other) {
        ExecutorId b = ExecutorId.of(other, 11000);
        return a.compareTo(b) < 0 ? a : b;
    }

    private ExecutorRecord record(ExecutorId id) {
        return requireNonNull(cluster.state().durable().executor(id));
    }

    private static InstanceReport report(InstanceRecord instance, InstanceState state) {
        return new InstanceReport(instance.id(), instance.app(), state, List.of(), "", 1);
    }
}
