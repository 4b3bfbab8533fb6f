package io.drove.core.agent;

import static io.drove.core.agent.AgentRig.CLUSTER;
import static io.drove.core.agent.AgentRig.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.container.PortType;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.NumaNode;
import io.drove.model.executor.Transport;
import io.drove.model.id.ClusterId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.CoreSet;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final AgentRig rig = new AgentRig();

    @Test
    void session_begins_with_hello_and_the_whole_picture() {
        rig.began();
        rig.connect();
        assertThat(rig.told(ToController.Hello.class)).singleElement().satisfies(hello -> {
            assertThat(hello.cluster()).isEqualTo(CLUSTER);
            assertThat(hello.highestEpoch()).isEqualTo(5);
        });

        rig.receive(new ToExecutor.Welcome(CLUSTER, 5, true));

        assertThat(rig.told(ToController.Inventory.class)).hasSize(1);
        assertThat(rig.told(ToController.Snapshot.class)).singleElement().satisfies(snapshot -> {
            assertThat(snapshot.instances()).isEmpty();
            assertThat(snapshot.last()).isTrue();
        });
    }

    @Test
    void a_core_that_goes_offline_is_told_and_its_instance_says_so_until_it_is_back() {
        rig.open();
        rig.drain();
        rig.start(1);

        rig.give(new AgentInput.InventoryChanged("without 1", inventory(2)));
        assertThat(rig.told(ToController.Inventory.class))
                .last()
                .satisfies(told -> assertThat(told.digest()).isEqualTo("without 1"));
        assertThat(rig.agent.reports().getFirst().error()).isEqualTo("Cores are offline: 1");

        rig.give(new AgentInput.InventoryChanged("with 1", inventory(1, 2)));
        assertThat(rig.agent.reports().getFirst().error()).isEmpty();
        assertThat(rig.agent.reports().getFirst().state().isTerminal()).isFalse();
    }

    @Test
    void a_core_that_goes_offline_while_the_leader_greets_is_told_when_it_has() {
        rig.began();
        rig.connect();

        rig.give(new AgentInput.InventoryChanged("without 1", inventory(2)));
        rig.receive(new ToExecutor.Welcome(CLUSTER, 5, false));

        assertThat(rig.told(ToController.Inventory.class))
                .singleElement()
                .satisfies(told -> assertThat(told.digest()).isEqualTo("without 1"));
    }

    private static ExecutorInventory inventory(int... cores) {
        NumaNode node = new NumaNode(0, CoreSet.of(cores), 1_024, CoreSet.of(cores), 1_024);
        return new ExecutorInventory("host1", 11_000, Transport.HTTP, new TreeSet<>(), List.of(node), Map.of());
    }

    @Test
    void newer_epoch_is_stored_before_anything_is_obeyed() {
        rig.began();
        rig.connect();
        rig.receive(new ToExecutor.Welcome(CLUSTER, 6, false));
        assertThat(rig.now(Effect.Persist.class)).containsExactly(new Effect.Persist(CLUSTER, 6));
        rig.receive(new ToExecutor.Spec("s", rig.spec()));
        rig.receive(new ToExecutor.Start(1, 6, id(1), rig.spec().id(), "s", AgentRig.cores(1), null));
        assertThat(rig.effects).noneMatch(Effect.Pull.class::isInstance);

        rig.give(new AgentInput.Persisted(CLUSTER, 6));

        assertThat(rig.now(Effect.Pull.class)).hasSize(1);
        assertThat(rig.agent.status().highestEpoch()).isEqualTo(6);
    }

    @Test
    void epoch_that_cannot_be_stored_ends_the_session() {
        rig.began();
        rig.connect();
        rig.receive(new ToExecutor.Welcome(CLUSTER, 6, false));

        rig.give(new AgentInput.PersistFailed("disk full"));

        assertThat(rig.now(Effect.Hangup.class)).hasSize(1);
        assertThat(rig.agent.status().highestEpoch()).isEqualTo(5);
    }

    @Test
    void newer_epoch_within_a_session_is_stored_first_too() {
        rig.open();
        rig.receive(new ToExecutor.Spec("s", rig.spec()));
        rig.receive(new ToExecutor.Start(1, 7, id(1), rig.spec().id(), "s", AgentRig.cores(1), null));
        assertThat(rig.now(Effect.Pull.class)).isEmpty();
        assertThat(rig.now(Effect.Persist.class)).containsExactly(new Effect.Persist(CLUSTER, 7));

        rig.give(new AgentInput.Persisted(CLUSTER, 7));
        assertThat(rig.now(Effect.Pull.class)).hasSize(1);
    }

    @Test
    void orders_of_an_older_epoch_are_refused() {
        rig.open().healthy(1);

        rig.receive(new ToExecutor.Stop(9, 4, id(1), "old leader"));

        assertThat(rig.report(1).state()).isEqualTo(InstanceState.HEALTHY);
        assertThat(rig.now(Effect.Hangup.class)).hasSize(1);
    }

    @Test
    void leader_of_an_older_epoch_or_another_cluster_is_refused() {
        rig.began();
        rig.connect();
        rig.receive(new ToExecutor.Welcome(CLUSTER, 4, false));
        assertThat(rig.now(Effect.Hangup.class)).hasSize(1);

        rig.connect();
        rig.receive(new ToExecutor.Welcome(new ClusterId("other"), 9, false));
        assertThat(rig.now(Effect.Hangup.class)).hasSize(1);
        assertThat(rig.effects).noneMatch(Effect.Persist.class::isInstance);
        assertThat(rig.agent.nextDeadline() - rig.now)
                .isEqualTo(Duration.ofSeconds(30).toNanos());
    }

    @Test
    void first_cluster_is_joined_and_its_containers_are_adopted_then() {
        AgentRig fresh = new AgentRig(PortRange.DEFAULT, null, 0);
        fresh.began(
                found(fresh, "c1", 1, FoundContainer.Life.RUNNING), found(fresh, "c2", 2, FoundContainer.Life.RUNNING));
        assertThat(fresh.agent.reports()).isEmpty();
        fresh.connect();
        fresh.receive(new ToExecutor.Welcome(CLUSTER, 1, false));
        fresh.give(new AgentInput.Persisted(CLUSTER, 1));

        assertThat(fresh.agent.reports()).extracting(InstanceReport::id).containsExactly(id(1));
    }

    private static FoundContainer found(AgentRig rig, String cluster, int number, FoundContainer.Life life) {
        return new FoundContainer(
                new ClusterId(cluster),
                id(number),
                rig.spec(),
                AgentRig.cores(number),
                List.of(new PortBinding("main", 8080, 20_000 + number, PortType.HTTP)),
                life,
                143);
    }

    @Test
    void adopted_instances_are_checked_before_the_first_dial_and_are_healthy_at_once() {
        rig.began(found(rig, "c1", 1, FoundContainer.Life.RUNNING), found(rig, "c2", 2, FoundContainer.Life.RUNNING));
        long begun = rig.now;
        rig.pass(Duration.ofMillis(500));
        assertThat(rig.effects).noneMatch(Effect.Dial.class::isInstance);

        rig.answer(1, new Outcome.Passed());
        rig.pass(Duration.ZERO);

        assertThat(rig.now(Effect.Dial.class)).hasSize(1);
        assertThat(rig.now - begun).isLessThan(AgentRig.SECOND);
        assertThat(rig.report(1).state()).isEqualTo(InstanceState.HEALTHY);
        assertThat(rig.agent.reports()).hasSize(1);
        assertThat(rig.effects).noneMatch(Effect.StopContainer.class::isInstance);
    }

    @Test
    void an_adopted_instance_is_not_stopped_because_nobody_can_ask_it() {
        rig.began(found(rig, "c1", 1, FoundContainer.Life.RUNNING));
        for (int i = 0; i < 100; i++) {
            rig.answer(1, new Outcome.Undecided("the engine is away"));
            rig.pass(Duration.ofSeconds(10));
        }

        assertThat(rig.effects).noneMatch(Effect.StopContainer.class::isInstance);
        rig.answer(1, new Outcome.Passed());
        assertThat(rig.report(1).state()).isEqualTo(InstanceState.HEALTHY);
    }

    @Test
    void adoption_does_not_hold_up_the_first_dial_for_ever() {
        rig.began(found(rig, "c1", 1, FoundContainer.Life.RUNNING));

        rig.pass(Duration.ofSeconds(2));

        assertThat(rig.now(Effect.Dial.class)).hasSize(1);
    }

    @Test
    void container_that_died_while_we_were_away_is_told_and_removed() {
        rig.began(found(rig, "c1", 1, FoundContainer.Life.EXITED));

        assertThat(rig.report(1).state()).isEqualTo(InstanceState.DEPROVISIONING);
        assertThat(rig.report(1).error()).isEqualTo("Container exited with status: 143");
    }

    @Test
    void ports_of_adopted_instances_are_not_given_again() {
        rig.began(found(rig, "c1", 0, FoundContainer.Life.RUNNING));
        rig.connect();
        rig.receive(new ToExecutor.Welcome(CLUSTER, 5, false));
        rig.healthy(1);

        assertThat(rig.report(1).ports().getFirst().hostPort()).isEqualTo(20_001);
    }

    @Test
    void heartbeat_goes_after_two_seconds_of_silence() {
        rig.open();
        rig.drain();

        rig.pass(Duration.ofMillis(1_999));
        assertThat(rig.told(ToController.Heartbeat.class)).isEmpty();
        rig.pass(Duration.ofMillis(1));
        assertThat(rig.told(ToController.Heartbeat.class)).hasSize(1);
    }

    @Test
    void silent_leader_is_dropped_after_seven_seconds_and_dialled_again() {
        rig.open();

        rig.pass(Duration.ofMillis(6_999));
        assertThat(rig.effects).noneMatch(Effect.Hangup.class::isInstance);
        rig.pass(Duration.ofMillis(1));
        assertThat(rig.now(Effect.Hangup.class)).hasSize(1);
        rig.pass(Duration.ofMillis(100));
        assertThat(rig.now(Effect.Dial.class)).hasSize(1);
    }

    @Test
    void back_off_doubles_up_to_two_seconds() {
        rig.began();
        long longest = 0;
        for (int i = 0; i < 20; i++) {
            rig.pass(Duration.ofSeconds(2));
            Effect.Dial dial = rig.lastOf(Effect.Dial.class);
            assertThat(dial).isNotNull();
            rig.give(new AgentInput.Disconnected(dial == null ? 0 : dial.connection(), "refused"));
            longest = Math.max(longest, rig.agent.nextDeadline() - rig.now);
        }

        assertThat(longest).isBetween(AgentRig.SECOND, 2 * AgentRig.SECOND);
    }

    @Test
    void gap_in_the_leaders_numbers_ends_the_session_and_a_duplicate_is_dropped() {
        rig.open();
        rig.give(new AgentInput.Received(rig.connection, 1, new ToExecutor.Heartbeat(5)));
        assertThat(rig.last).isEmpty();

        rig.give(new AgentInput.Received(rig.connection, 3, new ToExecutor.Heartbeat(5)));
        assertThat(rig.now(Effect.Hangup.class)).hasSize(1);
    }

    @Test
    void frames_of_an_older_connection_are_ignored() {
        rig.open();

        rig.give(new AgentInput.Received(rig.connection - 1, 2, new ToExecutor.Stop(1, 5, id(1), "x")));

        assertThat(rig.last).isEmpty();
    }

    @Test
    void start_with_a_spec_that_was_not_sent_ends_the_session() {
        rig.open();

        rig.receive(new ToExecutor.Start(1, 5, id(1), rig.spec().id(), "unknown", AgentRig.cores(1), null));

        assertThat(rig.now(Effect.Hangup.class)).hasSize(1);
    }

    @Test
    void reports_coalesce_while_the_connection_is_busy() {
        rig.open();
        rig.healthy(1).healthy(2);
        assertThat(sends()).as("window").isEqualTo(4 + 0);

        rig.drain();

        List<InstanceReport> told = rig.told(ToController.Changes.class).stream()
                .flatMap(changes -> changes.instances().stream())
                .toList();
        assertThat(told).hasSizeLessThanOrEqualTo(2);
        assertThat(told.stream().filter(report -> report.id().equals(id(2))))
                .extracting(InstanceReport::state)
                .containsExactly(InstanceState.HEALTHY);
    }

    private int sends() {
        return (int) rig.effects.stream().filter(Effect.Send.class::isInstance).count();
    }

    @Test
    void those_that_go_down_are_told_before_those_that_come_up() {
        rig.open();
        rig.healthy(1);
        for (int i = 2; i < 6; i++) {
            rig.start(i);
        }
        rig.give(new AgentInput.Died(id(1), 1));
        rig.start(6);

        rig.drain();

        assertThat(rig.told(ToController.Changes.class)
                        .getFirst()
                        .instances()
                        .getFirst()
                        .id())
                .isEqualTo(id(1));
    }

    @Test
    void orders_are_acknowledged_once() {
        rig.open();
        rig.drain();
        rig.start(1);
        rig.stop(2);
        rig.drain();

        Set<Long> acknowledged = new HashSet<>();
        for (Effect effect : rig.effects) {
            if (effect instanceof Effect.Send send && send.frame() instanceof ToController.Changes changes) {
                changes.received()
                        .forEach(order -> assertThat(acknowledged.add(order)).isTrue());
            }
        }
        assertThat(acknowledged).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void large_picture_is_cut_into_frames() {
        AgentRig large = new AgentRig(PortRange.DEFAULT, CLUSTER, 5);
        FoundContainer[] found = new FoundContainer[1_000];
        for (int i = 0; i < found.length; i++) {
            found[i] = found(large, "c1", i, FoundContainer.Life.RUNNING);
        }
        large.began(found);
        large.connect();
        large.receive(new ToExecutor.Welcome(CLUSTER, 5, false));
        large.drain();

        List<ToController.Snapshot> frames = large.effects.stream()
                .filter(effect -> effect instanceof Effect.Send send && send.frame() instanceof ToController.Snapshot)
                .map(effect -> (ToController.Snapshot) ((Effect.Send) effect).frame())
                .toList();
        assertThat(frames.size()).isBetween(4, 10);
        Set<InstanceId> told = new HashSet<>();
        frames.forEach(frame -> frame.instances().forEach(report -> told.add(report.id())));
        assertThat(told).hasSize(1_000);
        assertThat(frames.stream().filter(ToController.Snapshot::last)).hasSize(1);
        assertThat(frames.getLast().last()).isTrue();
    }

    @Test
    void ended_instances_are_told_in_each_session_until_they_are_forgotten() {
        rig.open().start(1);
        rig.stop(1);
        rig.give(new AgentInput.Disconnected(rig.connection, "reset"));
        rig.connect();
        rig.receive(new ToExecutor.Welcome(CLUSTER, 5, false));
        assertThat(rig.told(ToController.Snapshot.class).getFirst().instances())
                .extracting(InstanceReport::state)
                .containsExactly(InstanceState.STOPPED);

        rig.receive(new ToExecutor.Forget(3, List.of(id(1))));
        assertThat(rig.agent.reports()).isEmpty();
    }

    @Test
    void forgetting_one_that_lives_does_nothing() {
        rig.open().healthy(1);

        rig.receive(new ToExecutor.Forget(3, List.of(id(1))));

        assertThat(rig.report(1).state()).isEqualTo(InstanceState.HEALTHY);
    }

    @Test
    void instance_stopped_before_it_was_known_is_not_started_later() {
        rig.open();
        rig.stop(1);
        rig.start(1);

        assertThat(rig.report(1).state()).isEqualTo(InstanceState.STOPPED);
        assertThat(rig.effects).noneMatch(Effect.Pull.class::isInstance);
    }

    @Test
    void losing_the_leader_stops_no_container() {
        rig.open().healthy(1);

        for (int i = 0; i < 100; i++) {
            rig.pass(Duration.ofSeconds(30));
            if (rig.lastCall(1) != 0) {
                rig.answer(1, new Outcome.Passed());
            }
        }

        assertThat(rig.report(1).state()).isEqualTo(InstanceState.HEALTHY);
    }

    @Test
    void leaving_is_announced_and_nothing_is_dialled_after() {
        rig.open().healthy(1);
        rig.drain();

        rig.give(new AgentInput.Leave("restart"));
        assertThat(rig.told(ToController.Leaving.class)).hasSize(1);
        assertThat(rig.now(Effect.Hangup.class)).hasSize(1);

        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.now(Effect.Dial.class)).isEmpty();
        assertThat(rig.effects).noneMatch(Effect.StopContainer.class::isInstance);
    }
}
