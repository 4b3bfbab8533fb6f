package io.drove.core.app;

import static io.drove.core.Apps.app;
import static io.drove.core.TestCluster.ops;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.TestCluster;
import io.drove.core.contract.Change;
import io.drove.core.contract.OperationCounts;
import io.drove.core.contract.Reply;
import io.drove.core.state.AppRecord;
import io.drove.core.state.Durable;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Limits;
import io.drove.core.state.OperationRecord;
import io.drove.core.state.OperationSummary;
import io.drove.core.state.Phase;
import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.AppState;
import io.drove.model.app.FailureStrategy;
import io.drove.model.app.OpSpec;
import io.drove.model.app.OperationState;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.OperationId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.time.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OperationsTest {
    private final TestCluster cluster = new TestCluster();

    @Test
    void a_created_app_without_instances_rests_in_monitoring() {
        AppId web = cluster.create(app("web"), 0);

        assertThat(cluster.app(web).state()).isEqualTo(AppState.MONITORING);
        assertThat(cluster.app(web).running()).isNull();
    }

    @Test
    void a_created_app_with_instances_comes_up_and_rests_in_running() {
        cluster.executor("a", 8);

        AppId web = cluster.create(app("web"), 5);
        assertThat(cluster.app(web).state()).isEqualTo(AppState.SCALING_REQUESTED);
        cluster.obeyAll();

        assertThat(cluster.app(web).state()).isEqualTo(AppState.RUNNING);
        assertThat(cluster.instances(web, Phase.HEALTHY)).hasSize(5);
    }

    @Test
    void how_far_an_operation_came_is_observed_until_it_ends() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 2);
        assertThat(cluster.state().observed().progress().keySet()).containsExactly(web);

        cluster.obeyAll();

        assertThat(cluster.app(web).running()).isNull();
        assertThat(cluster.state().observed().progress()).isEmpty();
    }

    /** Operations that ended are many, and a spec may be large. */
    @Test
    void an_operation_that_ended_keeps_what_is_shown_and_not_what_was_asked() {
        cluster.executor("a", 8);
        AppSpec spec = app("web").spec();
        OperationId create = cluster.accepted(new AppOperation.Create(spec, 2, ops(3)));
        cluster.obeyAll();
        long now = cluster.ended(create).ended();

        assertThat(cluster.operation(create))
                .isEqualTo(new OperationRecord.Ended(
                        create,
                        spec.id(),
                        new OperationSummary(
                                "CREATE", ops(3), OperationState.SUCCEEDED, "", new OperationCounts(2, 2, 0)),
                        now,
                        now));
    }

    @Test
    void an_operation_beyond_the_limit_forgets_the_oldest() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 0);
        OperationId create = cluster.app(web).operations().getFirst();
        List<OperationId> scales = new ArrayList<>();
        for (int i = 0; i < Limits.DEFAULT.operationsPerApp(); i++) {
            assertThat(cluster.state().durable().operations().containsKey(create))
                    .isTrue();
            scales.add(cluster.accepted(new AppOperation.Scale(web, 1 - i % 2, ops(1))));
            cluster.obeyAll();
        }

        assertThat(cluster.app(web).operations()).isEqualTo(scales);
        assertThat(cluster.state().durable().operations().keySet()).containsExactlyInAnyOrderElementsOf(scales);
    }

    @Test
    void operations_that_ended_alike_share_how_they_ended() {
        cluster.executor("a", 8);
        OperationId one = cluster.accepted(new AppOperation.Create(app("one").spec(), 1, ops(3)));
        OperationId other =
                cluster.accepted(new AppOperation.Create(app("other").spec(), 1, ops(3)));
        OperationId larger =
                cluster.accepted(new AppOperation.Create(app("larger").spec(), 2, ops(3)));
        cluster.obeyAll();

        OperationSummary summary = cluster.ended(one).summary();

        assertThat(cluster.ended(other).summary()).isSameAs(summary);
        assertThat(cluster.ended(larger).summary()).isNotEqualTo(summary);
        assertThat(cluster.ended(larger).counts()).isEqualTo(new OperationCounts(2, 2, 0));
    }

    @Test
    void a_creation_that_goes_on_shares_its_spec_with_the_app_also_when_both_were_read_from_a_journal() {
        AppSpec spec = app("web").spec();
        AppSpec copy = app("web").spec();
        assertThat(copy).isEqualTo(spec).isNotSameAs(spec);

        Durable durable = Durable.empty()
                .apply(new Change.AppRegistered(spec, 1), Limits.DEFAULT)
                .apply(
                        new Change.OperationStarted(
                                new OperationId(0x4000, 0x8000_0000_0000_0000L),
                                new AppOperation.Create(copy, 2, ops(3)),
                                List.of(),
                                0,
                                1),
                        Limits.DEFAULT);

        AppRecord app = requireNonNull(durable.app(spec.id()));
        AppOperation.Create running =
                (AppOperation.Create) requireNonNull(app.running()).what();
        assertThat(running.spec()).isSameAs(app.spec());
    }

    @Test
    void an_operation_that_ended_keeps_how_far_it_came() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 0);
        OperationId up = cluster.accepted(new AppOperation.Scale(web, 3, ops(3)));
        cluster.obeyAll();
        OperationId down = cluster.accepted(new AppOperation.Scale(web, 1, ops(3)));
        cluster.obeyAll();

        assertThat(cluster.ended(up).counts()).isEqualTo(new OperationCounts(3, 3, 0));
        assertThat(cluster.ended(down).counts()).isEqualTo(new OperationCounts(2, 2, 0));
    }

    @Test
    void a_rollout_starts_no_more_at_once_than_its_parallelism() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 0);

        cluster.accepted(new AppOperation.Scale(web, 6, ops(2)));

        assertThat(cluster.instances(web, Phase.COMING)).hasSize(2);
        cluster.obeyNext();
        assertThat(cluster.instances(web, Phase.COMING)).hasSize(2);
        assertThat(cluster.instances(web, Phase.HEALTHY)).hasSize(1);
    }

    @Test
    void a_restart_never_falls_below_the_desired_count() {
        cluster.executor("a", 16);
        AppId web = cluster.create(app("web"), 10);
        cluster.obeyAll();
        List<InstanceRecord> before = cluster.instances(web, Phase.HEALTHY);
        cluster.watchHealthy();

        OperationId restart = cluster.accepted(new AppOperation.ReplaceInstances(web, List.of(), false, ops(2)));
        cluster.obeyAll();

        assertThat(cluster.smallestHealthy()).isEqualTo(10);
        assertThat(cluster.operation(restart).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(cluster.instances(web, Phase.HEALTHY)).hasSize(10).doesNotContainAnyElementsOf(before);
    }

    @Test
    void a_scale_down_stops_what_cannot_be_reached_and_leaves_what_serves() {
        ExecutorId dead = cluster.executor("a", 1);
        cluster.executor("b", 1);
        AppId web = cluster.create(app("web"), 2);
        cluster.obeyAll();
        lose(dead);

        cluster.accepted(new AppOperation.Scale(web, 1, ops(1)));
        cluster.pass(2);

        assertThat(cluster.instances(web, Phase.HEALTHY))
                .hasSize(1)
                .noneMatch(instance -> instance.executor().equals(dead));
    }

    @Test
    void a_restart_that_stops_first_does_not_count_on_instances_that_cannot_be_reached() {
        ExecutorId dead = cluster.executor("a", 1);
        cluster.executor("b", 1);
        AppId web = cluster.create(app("web"), 2);
        cluster.obeyAll();
        lose(dead);
        List<InstanceRecord> serving = cluster.instances(web, Phase.HEALTHY).stream()
                .filter(instance -> !instance.executor().equals(dead))
                .toList();

        cluster.accepted(new AppOperation.ReplaceInstances(web, List.of(), true, ops(1)));
        cluster.pass(2);

        assertThat(cluster.instances(web, Phase.HEALTHY)).containsExactlyElementsOf(serving);
    }

    @Test
    void a_restart_that_waits_for_an_executor_goes_on_when_it_is_back() {
        ExecutorId a = cluster.executor("a", 2);
        cluster.executor("b", 2);
        ExecutorId away = cluster.executor("c", 2);
        AppId web = cluster.create(app("web").placed(new PlacementPolicy.OnePerHost()), 3);
        cluster.obeyAll();
        InstanceRecord target = on(web, a);
        InstanceRecord unreachable = on(web, away);
        lose(away);
        OperationId restart = cluster.accepted(
                new AppOperation.ReplaceInstances(web, List.of(target.id().toString()), true, ops(1)));
        assertThat(cluster.instances(web, Phase.HEALTHY)).contains(target, unreachable);

        cluster.connect(away, null);
        cluster.list(away, List.of(new InstanceReport(unreachable.id(), web, InstanceState.HEALTHY, List.of(), "", 1)));
        cluster.obeyAll();

        assertThat(cluster.operation(restart).state()).isEqualTo(OperationState.SUCCEEDED);
    }

    private InstanceRecord on(AppId app, ExecutorId executor) {
        return cluster.instances(app, Phase.HEALTHY).stream()
                .filter(instance -> instance.executor().equals(executor))
                .findFirst()
                .orElseThrow();
    }

    private void lose(ExecutorId executor) {
        cluster.pass(31);
        cluster.silence(executor);
        cluster.pass(9);
    }

    @Test
    void a_restart_that_stops_first_stays_within_its_parallelism() {
        cluster.executor("a", 10);
        AppId web = cluster.create(app("web"), 10);
        cluster.obeyAll();
        cluster.watchHealthy();

        OperationId restart = cluster.accepted(new AppOperation.ReplaceInstances(web, List.of(), true, ops(3)));
        cluster.obeyAll();

        assertThat(cluster.smallestHealthy()).isEqualTo(7);
        assertThat(cluster.operation(restart).state()).isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void a_restart_whose_new_instances_fail_keeps_every_old_one() {
        cluster.executor("a", 16);
        AppId web = cluster.create(app("web"), 4);
        cluster.obeyAll();
        List<InstanceRecord> before = cluster.instances(web, Phase.HEALTHY);

        OperationId restart = cluster.accepted(new AppOperation.ReplaceInstances(web, List.of(), false, ops(2)));
        for (int i = 0; i < 90; i++) {
            cluster.instances(web, Phase.COMING)
                    .forEach(instance -> cluster.report(instance, InstanceState.STOPPED, "Readiness check failed"));
            cluster.pass(1);
        }

        assertThat(cluster.operation(restart).state()).isEqualTo(OperationState.FAILED);
        assertThat(cluster.operation(restart).reason())
                .contains("no progress for 60 seconds", "Readiness check failed");
        assertThat(cluster.instances(web, Phase.HEALTHY)).isEqualTo(before);
        assertThat(cluster.app(web).state()).isEqualTo(AppState.RUNNING);
        assertThat(cluster.app(web).desired()).isEqualTo(4);
    }

    @Test
    void an_app_that_never_becomes_ready_ends_its_operation_at_the_deadline_and_can_be_destroyed() {
        cluster.executor("a", 4);
        AppId web = cluster.create(app("web"), 0);
        OperationId scale = cluster.accepted(new AppOperation.Scale(web, 1, ops(1)));

        cluster.pass(61);

        assertThat(cluster.operation(scale).state()).isEqualTo(OperationState.FAILED);
        assertThat(cluster.operation(scale).reason()).contains("no progress for 60 seconds: 0 of 1 done");
        assertThat(cluster.ended(scale).counts()).isEqualTo(new OperationCounts(1, 0, 1));
        cluster.obeyAll();
        assertThat(cluster.app(web).state()).isEqualTo(AppState.MONITORING);
        cluster.accepted(new AppOperation.Destroy(web, ops(1)));
        assertThat(cluster.state().durable().app(web)).isNull();
    }

    @Test
    void each_instance_that_becomes_healthy_gives_the_rollout_its_time_anew() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 0);
        OperationId scale = cluster.accepted(new AppOperation.Scale(web, 4, ops(1)));

        for (int i = 0; i < 4; i++) {
            cluster.pass(30);
            cluster.obeyNext();
        }

        assertThat(cluster.operation(scale).state()).isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void a_failed_scale_up_with_rollback_restores_the_count_before_it() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 2);
        cluster.obeyAll();

        OpSpec rollback = new OpSpec(TimeSpan.ofSeconds(20), 4, FailureStrategy.ROLLBACK);
        OperationId scale = cluster.accepted(new AppOperation.Scale(web, 5, rollback));
        cluster.report(cluster.instances(web, Phase.COMING).getFirst(), InstanceState.HEALTHY, "");
        cluster.pass(21);
        cluster.obeyAll();

        assertThat(cluster.operation(scale).state()).isEqualTo(OperationState.FAILED);
        assertThat(cluster.app(web).desired()).isEqualTo(2);
        assertThat(cluster.app(web).instances()).hasSize(2);
    }

    @Test
    void a_cancelled_rollout_stays_as_far_as_it_came() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 0);
        OperationId scale = cluster.accepted(new AppOperation.Scale(web, 5, ops(2)));
        cluster.obeyNext();

        assertThat(cluster.cancel(web)).isInstanceOf(Reply.Cancelled.class);
        cluster.commands().clear();
        cluster.pass(1);

        assertThat(cluster.operation(scale).state()).isEqualTo(OperationState.CANCELLED);
        assertThat(cluster.app(web).desired()).isEqualTo(1);
        assertThat(cluster.instances(web, Phase.COMING)).isEmpty();
    }

    /** Kept from the original: it counts from what is healthy, not from what is required. */
    @Test
    void started_instances_are_added_to_those_that_are_healthy() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 3);
        cluster.obeyAll();
        cluster.report(cluster.instances(web, Phase.HEALTHY).getFirst(), InstanceState.STOPPED, "crashed");
        assertThat(cluster.instances(web, Phase.HEALTHY)).hasSize(2);
        assertThat(cluster.app(web).desired()).isEqualTo(3);

        OperationId start = cluster.accepted(new AppOperation.StartInstances(web, 2, ops(3)));
        cluster.obeyAll();

        assertThat(cluster.app(web).desired()).isEqualTo(4);
        assertThat(cluster.instances(web, Phase.HEALTHY)).hasSize(4);
        assertThat(cluster.operation(start).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(cluster.ended(start).counts()).isEqualTo(new OperationCounts(4, 4, 0));
    }

    @Test
    void a_recovery_tries_at_once_what_backed_off_and_leaves_the_desired_count() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 2);
        cluster.obeyAll();
        cluster.report(cluster.instances(web, Phase.HEALTHY).getFirst(), InstanceState.STOPPED, "crashed");
        for (int i = 0; i < 20; i++) {
            cluster.instances(web, Phase.COMING)
                    .forEach(instance -> cluster.report(instance, InstanceState.STOPPED, "crashed"));
            cluster.pass(1);
        }
        assertThat(cluster.instances(web, Phase.COMING)).isEmpty();

        OperationId recovery = cluster.accepted(new AppOperation.Recover(web));
        assertThat(cluster.instances(web, Phase.COMING)).hasSize(1);
        cluster.obeyAll();

        assertThat(cluster.app(web).desired()).isEqualTo(2);
        assertThat(cluster.instances(web, Phase.HEALTHY)).hasSize(2);
        assertThat(cluster.operation(recovery).state()).isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void a_scale_supersedes_the_scale_before_it() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 0);
        OperationId first = cluster.accepted(new AppOperation.Scale(web, 5, ops(2)));

        OperationId second = cluster.accepted(new AppOperation.Scale(web, 1, ops(2)));
        cluster.obeyAll();

        assertThat(cluster.operation(first).state()).isEqualTo(OperationState.CANCELLED);
        assertThat(cluster.operation(first).reason()).isEqualTo("superseded by " + second);
        assertThat(cluster.operation(second).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(cluster.app(web).instances()).hasSize(1);
    }

    @Test
    void stopped_instances_are_respawned_unless_told_otherwise() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 3);
        cluster.obeyAll();
        String first = cluster.instances(web, Phase.HEALTHY).getFirst().id().toString();

        cluster.accepted(new AppOperation.StopInstances(web, List.of(first), false, ops(1)));
        cluster.obeyAll();
        assertThat(cluster.instances(web, Phase.HEALTHY)).hasSize(3);

        String second = cluster.instances(web, Phase.HEALTHY).getFirst().id().toString();
        cluster.accepted(new AppOperation.StopInstances(web, List.of(second), true, ops(1)));
        cluster.obeyAll();
        assertThat(cluster.instances(web, Phase.HEALTHY)).hasSize(2);
        assertThat(cluster.app(web).desired()).isEqualTo(2);
    }

    @Test
    void a_suspended_app_has_no_instances_and_rests_in_monitoring() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 3);
        cluster.obeyAll();

        OperationId suspend = cluster.accepted(new AppOperation.Suspend(web, ops(1)));
        cluster.obeyAll();

        assertThat(cluster.operation(suspend).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(cluster.app(web).instances()).isEmpty();
        assertThat(cluster.app(web).state()).isEqualTo(AppState.MONITORING);
    }

    @Test
    void an_operation_survives_a_failover_and_still_ends() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 0);
        OperationId scale = cluster.accepted(new AppOperation.Scale(web, 2, ops(2)));

        cluster.lead();
        cluster.pass(61);

        assertThat(cluster.operation(scale).state()).isEqualTo(OperationState.FAILED);
    }

    @Test
    void an_app_that_may_take_years_to_start_holds_up_nobody() {
        AppId slow =
                cluster.create(app("slow").checkedEvery(TimeSpan.parse("365d").orElseThrow(), 100), 1);
        ExecutorId a = cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 1);

        assertThat(cluster.state().observed().isReady(a)).isTrue();
        assertThat(cluster.instances(slow, Phase.COMING)).hasSize(1);
        assertThat(cluster.instances(web, Phase.COMING)).hasSize(1);
    }

    @Test
    void an_app_whose_starts_fail_backs_off_and_comes_back_to_speed() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 1);
        cluster.obeyAll();

        int starts = 0;
        for (int second = 0; second < 120; second++) {
            for (InstanceRecord instance : cluster.instances(web, Phase.HEALTHY)) {
                cluster.report(instance, InstanceState.STOPPED, "exited");
            }
            for (InstanceRecord instance : cluster.instances(web, Phase.COMING)) {
                starts++;
                cluster.report(instance, InstanceState.STOPPED, "exited");
            }
            cluster.pass(1);
        }

        assertThat(starts).isBetween(6, 12);
        for (int second = 0; second < 61 && cluster.instances(web, Phase.COMING).isEmpty(); second++) {
            cluster.pass(1);
        }
        assertThat(cluster.instances(web, Phase.COMING)).hasSize(1);
    }

    @Test
    void an_app_that_ran_well_for_long_is_not_slowed_down_for_failures_of_long_ago() {
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 1);
        cluster.obeyAll();
        for (int second = 0; second < 60; second++) {
            fail(web, Phase.HEALTHY);
            fail(web, Phase.COMING);
            cluster.pass(1);
        }
        for (int second = 0; second < 61 && cluster.instances(web, Phase.COMING).isEmpty(); second++) {
            cluster.pass(1);
        }
        cluster.report(cluster.instances(web, Phase.COMING).getFirst(), InstanceState.HEALTHY, "");
        cluster.pass(3600);

        fail(web, Phase.HEALTHY);
        fail(web, Phase.COMING);
        cluster.pass(2);

        assertThat(cluster.instances(web, Phase.COMING)).hasSize(1);
    }

    private void fail(AppId app, Phase phase) {
        cluster.instances(app, phase).forEach(instance -> cluster.report(instance, InstanceState.STOPPED, "exited"));
    }
}
