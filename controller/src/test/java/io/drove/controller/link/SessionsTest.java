package io.drove.controller.link;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.controller.loop.LoopFixture;
import io.drove.controller.loop.Specs;
import io.drove.core.contract.Reply;
import io.drove.core.state.ExecutorRecord;
import io.drove.core.state.Presence;
import io.drove.model.app.AppOperation;
import io.drove.model.app.OpSpec;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.session.SessionProtocol;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.platform.journal.RaftSettings;
import io.drove.platform.security.Secret;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final AppId WEB = AppId.of("web", "1");

    private final LoopFixture given = new LoopFixture(true);
    private final Sessions sessions = new Sessions(
            given.loop, new InstanceTokens(new Secret("instance-secret")), given.clock, SessionLimits.DEFAULT);

    @BeforeEach
    void lead() {
        given.with(sessions, sessions).serving(5);
    }

    @Test
    void an_executor_that_told_its_inventory_and_instances_gets_work() {
        ScriptedExecutor executor = executor("a").join();

        assertThat(executor.heard).hasSize(1);
        assertThat(executor.heard.getFirst()).isEqualTo(new ToExecutor.Welcome(cluster(), 5, true));
        assertThat(given.loop.published().observed().isReady(executor.id())).isTrue();
        assertThat(record(executor.id()).inventory()).isEqualTo(Specs.inventory("a", 8));
    }

    @Test
    void an_inventory_that_is_known_is_not_asked_for_again() {
        executor("a").join().disconnect();

        ScriptedExecutor again = executor("a").join();

        assertThat(again.heard(ToExecutor.Welcome.class).getFirst().wantsInventory())
                .isFalse();
        assertThat(given.loop.published().observed().isReady(again.id())).isTrue();
    }

    @Test
    void a_list_in_several_frames_counts_when_its_last_one_came() {
        ScriptedExecutor executor = executor("a").hello().inventory(8);

        executor.say(new ToController.Snapshot(List.of(), false));
        assertThat(given.loop.published().observed().isReady(executor.id())).isFalse();

        executor.say(new ToController.Snapshot(List.of(), true));
        assertThat(given.loop.published().observed().isReady(executor.id())).isTrue();
    }

    @Test
    void a_spec_goes_once_a_session_and_before_the_starts_that_name_it() {
        ScriptedExecutor executor = executor("a").join();

        ask(Specs.create("web", 2, 2));
        executor.listen();
        ask(new AppOperation.Scale(WEB, 3, OpSpec.DEFAULT));
        tellAll(executor, InstanceState.HEALTHY);

        assertThat(executor.heard.get(1)).isInstanceOf(ToExecutor.Spec.class);
        assertThat(executor.heard(ToExecutor.Spec.class)).hasSize(1);
        List<ToExecutor.Start> starts = executor.heard(ToExecutor.Start.class);
        assertThat(starts).hasSizeGreaterThanOrEqualTo(2).allSatisfy(start -> {
            assertThat(start.epoch()).isEqualTo(5);
            assertThat(start.specDigest())
                    .isEqualTo(executor.heard(ToExecutor.Spec.class).getFirst().digest());
            assertThat(start.authToken()).isNotNull();
        });
        assertThat(starts.stream().map(ToExecutor.Start::order)).doesNotHaveDuplicates();
    }

    @Test
    void stops_go_before_starts_and_a_start_that_is_to_be_stopped_follows_its_stop_so_that_its_end_is_told() {
        ScriptedExecutor executor = executor("a").join();
        ask(Specs.create("web", 2, 2));
        executor.listen();
        tellAll(executor, InstanceState.HEALTHY);
        executor.heard.clear();

        ask(Specs.create("other", 1, 1));
        ask(new AppOperation.Suspend(WEB, new OpSpec(OpSpec.DEFAULT.timeout(), 2, OpSpec.DEFAULT.failureStrategy())));
        given.loop.cancel(AppId.of("other", "1"));
        given.settle();
        executor.listen();

        List<ToExecutor> orders = executor.heard;
        assertThat(orders.stream().takeWhile(frame -> frame instanceof ToExecutor.Stop))
                .hasSizeGreaterThanOrEqualTo(2);
        List<InstanceId> stopped = executor.heard(ToExecutor.Stop.class).stream()
                .map(ToExecutor.Stop::instance)
                .toList();
        assertThat(executor.heard(ToExecutor.Start.class))
                .hasSize(1)
                .allSatisfy(start -> assertThat(stopped).contains(start.instance()));
    }

    @Test
    void a_missing_frame_ends_the_session() {
        ScriptedExecutor executor = executor("a").join();

        executor.say(9, new ToController.Heartbeat());

        assertThat(executor.end).contains("missing");
        assertThat(presence(executor.id()).session()).isNull();
    }

    @Test
    void a_frame_that_comes_twice_is_dropped() {
        ScriptedExecutor executor = executor("a").join();

        executor.say(1, new ToController.Leaving("never said"));
        executor.say(3, new ToController.Heartbeat());

        assertThat(executor.end).isNull();
        assertThat(given.loop.published().observed().isReady(executor.id())).isTrue();
    }

    @Test
    void the_newest_session_of_an_executor_counts_and_late_frames_of_the_old_one_are_void() {
        ScriptedExecutor old = executor("a").join();
        ask(Specs.create("web", 1, 1));
        old.listen();
        InstanceId instance = old.heard(ToExecutor.Start.class).getFirst().instance();

        ScriptedExecutor young = executor("a").join(ScriptedExecutor.report(instance, WEB, InstanceState.HEALTHY));
        old.say(new ToController.Changes(
                List.of(ScriptedExecutor.report(instance, WEB, InstanceState.STOPPED)), List.of()));
        old.disconnect();

        assertThat(old.end).contains("newer connection");
        assertThat(young.end).isNull();
        assertThat(given.loop.published().observed().isReady(young.id())).isTrue();
        assertThat(requireNonNull(given.loop.published().durable().app(WEB))
                        .counts()
                        .healthy())
                .isEqualTo(1);
    }

    @Test
    void an_executor_of_another_cluster_is_refused() {
        ScriptedExecutor executor = executor("a").hello(SessionProtocol.VERSION, new ClusterId("another"), 0);

        assertThat(refusal(executor)).isEqualTo("WRONG_CLUSTER");
        assertThat(executor.end).isEqualTo("WRONG_CLUSTER");
        assertThat(given.loop.published().durable().executors().isEmpty()).isTrue();
    }

    @Test
    void an_executor_with_another_protocol_is_refused() {
        assertThat(refusal(executor("a").hello(99, null, 0))).isEqualTo("PROTOCOL");
    }

    @Test
    void an_executor_that_saw_a_later_epoch_is_refused_and_leadership_is_proved_anew() {
        ScriptedExecutor executor = executor("a").hello(SessionProtocol.VERSION, null, 80);

        assertThat(refusal(executor)).isEqualTo("STALE_LEADER");
        assertThat(given.loop.isLeading()).isFalse();

        given.clock.advance(Duration.ofSeconds(1));
        given.settle();
        assertThat(given.loop.epoch()).isGreaterThan(80);
        assertThat(executor("a").hello(SessionProtocol.VERSION, null, 80).heard)
                .allMatch(frame -> frame instanceof ToExecutor.Welcome);
    }

    @Test
    void who_does_not_lead_refuses_and_hangs_up_on_everybody() {
        ScriptedExecutor before = executor("a").join();

        given.journal.following();
        given.loop.step();
        before.listen();
        ScriptedExecutor after = executor("b").hello();

        assertThat(refusal(before)).isEqualTo("NOT_LEADER");
        assertThat(before.end).isNotNull();
        assertThat(refusal(after)).isEqualTo("NOT_LEADER");
    }

    @Test
    void an_executor_that_announced_its_restart_is_known_to_be_back_soon() {
        ScriptedExecutor executor = executor("a").join().say(new ToController.Leaving("upgrade"));

        executor.disconnect();

        assertThat(presence(executor.id()).isLeaving()).isTrue();
        assertThat(presence(executor.id()).session()).isNull();
    }

    @Test
    void a_silent_executor_is_hung_up_on_and_one_that_says_something_is_not() {
        ScriptedExecutor silent = executor("a").join();
        ScriptedExecutor talking = executor("b").join();

        for (int i = 0; i < 16; i++) {
            given.clock.advance(Duration.ofMillis(500));
            talking.say(new ToController.Heartbeat());
            sessions.tick();
        }
        silent.listen();

        assertThat(silent.end).contains("silent");
        assertThat(talking.listen().end).isNull();
    }

    @Test
    void after_a_pause_of_ours_nobody_is_hung_up_on_before_they_could_be_heard() {
        ScriptedExecutor executor = executor("a").join();
        sessions.tick();

        given.clock.advance(Duration.ofSeconds(30));
        sessions.tick();

        assertThat(executor.listen().end).isNull();
    }

    @Test
    void a_session_that_the_loop_does_not_know_is_not_closed_while_the_loop_is_late() {
        ScriptedExecutor executor = executor("a");
        executor.sayToWait(new ToController.Hello(SessionProtocol.VERSION, executor.id(), null, 0, "digest-a", "1"))
                .sayToWait(new ToController.Inventory("digest-a", Specs.inventory("a", 4)))
                .sayToWait(new ToController.Snapshot(List.of(), true));

        for (int i = 0; i < 60; i++) {
            given.clock.advance(Duration.ofMillis(500));
            executor.sayToWait(new ToController.Heartbeat());
            sessions.tick();
        }
        assertThat(given.loop.isBehind()).isTrue();
        assertThat(executor.listen().end).isNull();

        given.settle();
        assertThat(presence(executor.id()).session()).isNotNull();
    }

    @Test
    void after_two_seconds_of_silence_the_executor_hears_that_we_are_here() {
        ScriptedExecutor executor = executor("a").join();
        executor.heard.clear();

        for (int i = 0; i < 5; i++) {
            given.clock.advance(Duration.ofMillis(500));
            sessions.tick();
            executor.listen();
        }

        assertThat(executor.heard).containsExactly(new ToExecutor.Heartbeat(5));
    }

    @Test
    void whoever_was_heard_of_is_not_lost() {
        ScriptedExecutor executor = executor("a").join();

        for (int i = 0; i < 200; i++) {
            given.clock.advance(Duration.ofMillis(500));
            executor.say(new ToController.Heartbeat());
            sessions.tick();
            given.settle();
        }

        assertThat(record(executor.id()).lost()).isFalse();
        assertThat(executor.listen().end).isNull();
    }

    @Test
    void a_connection_that_never_greets_is_closed() {
        ScriptedExecutor executor = executor("a");

        for (int i = 0; i < 21; i++) {
            given.clock.advance(Duration.ofMillis(500));
            sessions.tick();
        }

        assertThat(executor.listen().end).isNotNull();
    }

    @Test
    void a_full_outbox_ends_the_session() {
        SessionLimits small = new SessionLimits(
                10,
                3,
                100,
                10,
                100,
                Duration.ofSeconds(10),
                Duration.ofSeconds(7),
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10));
        LoopFixture other = new LoopFixture(true);
        Sessions few = new Sessions(other.loop, new InstanceTokens(new Secret("s")), other.clock, small);
        other.with(few, few).serving(1);
        ScriptedExecutor executor = new ScriptedExecutor(other, few, "a").join();

        other.loop.ask(Specs.create("web", 5, 5));
        other.settle();

        assertThat(executor.listen().end).contains("3 orders");
    }

    @Test
    void a_list_with_long_errors_makes_no_batch_that_the_journal_refuses() {
        ScriptedExecutor executor = executor("a").hello().inventory(600);
        executor.say(new ToController.Snapshot(List.of(), true));
        ask(Specs.create("web", 500, 512));
        executor.listen();
        tellAll(executor, InstanceState.HEALTHY);
        executor.disconnect();

        ScriptedExecutor again = executor("a").hello();
        String page = "\u00fc".repeat(8_000);
        for (ToExecutor.Start start : executor.heard(ToExecutor.Start.class)) {
            InstanceReport ended =
                    new InstanceReport(start.instance(), start.app(), InstanceState.STOPPED, List.of(), page, 0);
            again.say(new ToController.Snapshot(List.of(ended), false));
        }
        again.say(new ToController.Snapshot(List.of(), true));

        assertThat(given.loop.published().observed().isReady(again.id())).isTrue();
        assertThat(given.journal.log())
                .allSatisfy(batch -> assertThat(batch.length).isLessThanOrEqualTo(RaftSettings.MAX_BATCH_BYTES));
    }

    @Test
    void all_that_an_executor_may_have_can_be_forgotten_at_once() {
        ScriptedExecutor executor = executor("a").hello().inventory(8);

        for (int i = 0; i < SessionLimits.DEFAULT.instancesMax(); i += 1_000) {
            List<InstanceReport> ended = IntStream.range(i, i + 1_000)
                    .mapToObj(number -> ScriptedExecutor.report(
                            new InstanceId(InstanceId.Kind.APP, 0, number), WEB, InstanceState.STOPPED))
                    .toList();
            executor.say(new ToController.Snapshot(ended, i + 1_000 == SessionLimits.DEFAULT.instancesMax()));
        }

        assertThat(executor.end).isNull();
        assertThat(executor.heard(ToExecutor.Forget.class).stream()
                        .mapToInt(forget -> forget.instances().size())
                        .sum())
                .isEqualTo(SessionLimits.DEFAULT.instancesMax());
    }

    @Test
    void what_is_not_a_hello_cannot_come_first() {
        assertThat(executor("a").say(new ToController.Heartbeat()).end).contains("hello");
        assertThat(executor("a").hello().hello().end).contains("second hello");
        assertThat(executor("a").join().say(new ToController.Snapshot(List.of(), true)).end)
                .contains("second list");
        assertThat(executor("b").hello().inventory(2).say(new ToController.Changes(List.of(), List.of())).end)
                .contains("before the list");
    }

    private void tellAll(ScriptedExecutor executor, InstanceState state) {
        for (int told = -1; told != executor.heard(ToExecutor.Start.class).size(); ) {
            List<ToExecutor.Start> starts = executor.heard(ToExecutor.Start.class);
            told = starts.size();
            executor.say(new ToController.Changes(
                    starts.stream()
                            .map(start -> ScriptedExecutor.report(start.instance(), start.app(), state))
                            .toList(),
                    List.of()));
        }
    }

    private Reply ask(AppOperation operation) {
        var reply = given.loop.ask(operation).toCompletableFuture();
        given.settle();
        return reply.join();
    }

    private ScriptedExecutor executor(String hostname) {
        return new ScriptedExecutor(given, sessions, hostname);
    }

    private ClusterId cluster() {
        return requireNonNull(given.loop.published().durable().cluster());
    }

    private ExecutorRecord record(ExecutorId id) {
        return requireNonNull(given.loop.published().durable().executor(id));
    }

    private Presence presence(ExecutorId id) {
        return requireNonNull(given.loop.published().observed().presence(id));
    }

    private static String refusal(ScriptedExecutor executor) {
        return executor.heard(ToExecutor.Refused.class).getFirst().code();
    }
}
