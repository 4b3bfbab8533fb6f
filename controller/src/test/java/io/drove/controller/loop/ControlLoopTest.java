package io.drove.controller.loop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.controller.loop.Unavailable.Reason;
import io.drove.core.contract.Happening;
import io.drove.core.contract.Input;
import io.drove.core.contract.Now;
import io.drove.core.contract.Reply;
import io.drove.core.contract.SessionId;
import io.drove.core.planner.Decision;
import io.drove.core.planner.Planner;
import io.drove.core.state.ClusterState;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.platform.journal.JournalException.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ControlLoopTest {
    private static final LoopLimits SMALL = small(1 << 20);

    private static final AppId WEB = AppId.of("web", "1");

    @Test
    void a_leader_serves_only_when_its_barrier_is_durable() {
        LoopFixture given = new LoopFixture(false);

        given.journal.leading(3);
        given.loop.step();
        assertThat(given.loop.isLeading()).isFalse();
        assertThat(reason(given.loop.ask(Specs.create("web", 0)))).isEqualTo(Reason.NOT_LEADING);

        given.journal.commit();
        given.loop.step();
        assertThat(given.loop.isLeading()).isTrue();
        assertThat(given.loop.epoch()).isEqualTo(3);
        assertThat(given.loop.published().durable().cluster()).isNotNull();
        assertThat(given.happenings).containsExactly(new Happening.LeadershipAcquired(3));
        assertThat(given.left.getFirst()).isEqualTo("serving 3");
    }

    @Test
    void a_reply_and_the_state_leave_only_after_the_facts_are_durable() {
        LoopFixture given = new LoopFixture(false).serving(1);
        given.left.clear();

        CompletableFuture<Reply> reply = ask(given, "web");
        given.loop.step();
        assertThat(reply).isNotDone();
        assertThat(given.loop.published().durable().app(WEB)).isNull();
        assertThat(given.left).isEmpty();

        given.journal.commit();
        assertThat(reply).isNotDone();
        given.loop.step();
        assertThat(reply.join()).isInstanceOf(Reply.Accepted.class);
        assertThat(given.loop.published().durable().app(WEB)).isNotNull();
    }

    @Test
    void several_batches_are_in_flight_and_leave_in_order() {
        LoopFixture given = new LoopFixture(false).serving(1);

        List<String> answered = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            ask(given, name).thenAccept(reply -> answered.add(name));
            given.loop.step();
        }
        assertThat(given.journal.pending()).isEqualTo(3);

        given.journal.commit();
        given.loop.step();
        assertThat(answered).containsExactly("a");
        assertThat(given.loop.published().durable().apps().size()).isEqualTo(1);
        given.journal.commitAll();
        given.loop.step();
        assertThat(answered).containsExactly("a", "b", "c");
    }

    @Test
    void no_more_batches_are_decided_than_may_be_in_flight() {
        LoopFixture given = new LoopFixture(false).serving(1);

        for (int i = 0; i < 30; i++) {
            ask(given, "app" + i);
            given.loop.step();
        }
        assertThat(given.journal.pending()).isEqualTo(16);
        assertThat(given.loop.asksWaiting()).isEqualTo(14);

        given.settle();
        assertThat(given.loop.published().durable().apps().size()).isEqualTo(30);
    }

    @Test
    void a_decision_without_facts_waits_for_what_it_was_decided_on() {
        LoopFixture given = new LoopFixture(false).serving(1);

        ask(given, "web");
        given.loop.step();
        CompletableFuture<Reply> again = ask(given, "web");
        given.loop.step();
        assertThat(given.journal.pending()).isEqualTo(1);
        assertThat(again).isNotDone();

        given.settle();
        assertThat(again.join()).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void after_an_unknown_outcome_the_state_is_what_the_journal_says_when_the_batch_was_lost() {
        LoopFixture given = new LoopFixture(false).serving(1);

        CompletableFuture<Reply> reply = ask(given, "web");
        given.loop.step();
        given.journal.fail(Outcome.UNKNOWN);
        given.loop.step();
        assertThat(given.loop.isLeading()).isFalse();
        given.loop.step();
        assertThat(reason(reply)).isEqualTo(Reason.OUTCOME_UNKNOWN);

        given.clock.advance(Duration.ofSeconds(1));
        given.loop.step();
        given.settle();
        assertThat(given.loop.epoch()).isEqualTo(2);
        assertThat(given.loop.published().durable().app(WEB)).isNull();
    }

    @Test
    void after_an_unknown_outcome_the_state_is_what_the_journal_says_when_the_batch_was_committed() {
        LoopFixture given = new LoopFixture(false).serving(1);

        ask(given, "web");
        given.loop.step();
        given.journal.fail(Outcome.UNKNOWN);
        given.loop.step();
        given.journal.commitLate();
        given.clock.advance(Duration.ofSeconds(1));
        given.loop.step();
        given.settle();

        assertThat(given.loop.epoch()).isEqualTo(2);
        assertThat(given.loop.published().durable().app(WEB)).isNotNull();
        assertThat(given.replica.rejected()).isZero();
    }

    @Test
    void a_batch_that_commits_while_the_barrier_is_under_way_makes_the_leader_begin_again() {
        LoopFixture given = new LoopFixture(false).serving(1);

        ask(given, "web");
        given.loop.step();
        given.journal.fail(Outcome.UNKNOWN);
        given.loop.step();
        given.clock.advance(Duration.ofSeconds(1));
        given.loop.step();
        given.journal.commitLate();
        given.journal.commit();
        given.loop.step();
        assertThat(given.loop.isLeading()).isFalse();

        given.clock.advance(Duration.ofSeconds(1));
        given.loop.step();
        given.settle();
        assertThat(given.loop.isLeading()).isTrue();
        assertThat(given.loop.published().durable().app(WEB)).isNotNull();
        assertThat(given.replica.rejected()).isEqualTo(1);
    }

    @Test
    void a_stale_batch_that_commits_after_the_next_epoch_began_is_skipped() {
        LoopFixture given = new LoopFixture(false).serving(1);

        ask(given, "web");
        given.loop.step();
        given.journal.following();
        given.journal.fail(Outcome.UNKNOWN);
        given.loop.step();
        given.journal.leading(2);
        given.clock.advance(Duration.ofSeconds(1));
        given.loop.step();
        given.journal.commit();
        given.journal.commitLate();
        given.loop.step();

        assertThat(given.loop.epoch()).isEqualTo(2);
        assertThat(given.loop.published().durable().app(WEB)).isNull();
        assertThat(given.replica.view().durable().app(WEB)).isNull();
        assertThat(given.replica.rejected()).isEqualTo(1);
    }

    @Test
    void a_stale_batch_whose_number_fits_is_skipped_for_its_epoch() {
        LoopFixture given = new LoopFixture(false).serving(1);

        ask(given, "a");
        given.loop.step();
        ask(given, "b");
        given.loop.step();
        given.journal.fail(Outcome.UNKNOWN);
        given.journal.fail(Outcome.UNKNOWN);
        given.loop.step();
        given.clock.advance(Duration.ofSeconds(1));
        given.loop.step();
        // The barrier takes the number of the first, so the second would be next.
        given.journal.commit();
        given.journal.commitLate();
        given.journal.commitLate();

        assertThat(given.replica.view().durable().apps().isEmpty()).isTrue();
        assertThat(given.replica.rejected()).isEqualTo(2);
    }

    @Test
    void reports_are_decided_even_when_questions_never_end() {
        ManualClock[] clock = new ManualClock[1];
        List<Input> decided = new ArrayList<>();
        Planner planner = new Planner();
        LoopFixture given = new LoopFixture(
                true,
                (state, input, now) -> {
                    decided.add(input);
                    if (clock[0] != null) {
                        clock[0].advance(Duration.ofNanos(400_000));
                    }
                    return planner.decide(state, input, now);
                },
                LoopLimits.DEFAULT);
        given.serving(1);
        clock[0] = given.clock;
        decided.clear();

        for (int i = 0; i < 20; i++) {
            ask(given, "app" + i);
            given.loop.report(said(given, i));
        }
        given.loop.step();

        assertThat(decided)
                .filteredOn(input -> input instanceof Input.OperationAsked)
                .hasSize(3);
        assertThat(decided)
                .filteredOn(input -> input instanceof Input.InstancesReported)
                .hasSize(3);
    }

    @Test
    void of_several_batches_in_doubt_none_counts_without_the_one_before_it() {
        LoopFixture given = new LoopFixture(false).serving(1);

        CompletableFuture<Reply> first = ask(given, "a");
        given.loop.step();
        CompletableFuture<Reply> second = ask(given, "b");
        given.loop.step();
        given.journal.fail(Outcome.NOT_APPENDED);
        given.journal.commit();
        given.loop.step();
        given.loop.step();

        assertThat(reason(first)).isEqualTo(Reason.NOT_LEADING);
        assertThat(reason(second)).isEqualTo(Reason.OUTCOME_UNKNOWN);
        assertThat(given.replica.view().durable().apps().isEmpty()).isTrue();
        assertThat(given.replica.rejected()).isEqualTo(1);
    }

    @Test
    void a_leader_again_in_a_newer_term_begins_a_higher_epoch() {
        LoopFixture given = new LoopFixture(false).serving(4);

        given.journal.following();
        given.journal.leading(9);
        assertThat(given.loop.isLeading()).isFalse();
        given.loop.step();
        given.clock.advance(Duration.ofSeconds(1));
        given.loop.step();
        given.settle();

        assertThat(given.loop.epoch()).isEqualTo(9);
        assertThat(given.left).contains("serving 4", "ended", "serving 9");
    }

    @Test
    void a_question_is_refused_at_once_by_who_does_not_lead() {
        LoopFixture given = new LoopFixture(false);

        assertThat(reason(given.loop.ask(Specs.create("web", 1)))).isEqualTo(Reason.NOT_LEADING);
        assertThat(given.loop.published().durable().apps().isEmpty()).isTrue();
    }

    /** The journal refuses more than it has room for, and a refusal ends the epoch. */
    @Test
    void no_batch_departs_while_those_under_way_have_too_many_bytes() {
        LoopFixture given = new LoopFixture(false, new Planner(), small(1)).serving(1);

        ask(given, "a");
        given.loop.step();
        CompletableFuture<Reply> second = ask(given, "b");
        given.loop.step();

        assertThat(given.journal.pending()).isEqualTo(1);
        given.journal.commit();
        given.loop.step();
        assertThat(given.journal.pending()).isEqualTo(1);
        given.settle();
        assertThat(second).isCompleted();
    }

    @Test
    void a_new_epoch_waits_until_the_journal_has_room_for_it() {
        LoopFixture given = new LoopFixture(false, new Planner(), small(1)).serving(1);
        ask(given, "a");
        given.loop.step();
        given.journal.leading(2);
        given.loop.step();
        given.clock.advance(Duration.ofMillis(1));
        given.loop.step();
        assertThat(given.journal.pending()).isEqualTo(1);
        given.clock.advance(Duration.ofSeconds(11));
        given.loop.step();
        assertThat(given.loop.pulse().oldestBatch())
                .isGreaterThan(Duration.ofSeconds(10).toNanos());

        given.journal.fail(Outcome.NOT_APPENDED);
        given.settle();
        CompletableFuture<Reply> next = ask(given, "b");
        given.settle();

        assertThat(next).isCompleted();
    }

    @Test
    void what_the_journal_has_answered_already_does_not_hold_up_a_new_epoch() {
        LoopFixture given = new LoopFixture(false, new Planner(), small(1)).serving(1);
        CompletableFuture<Reply> asked = ask(given, "a");
        given.loop.step();
        given.journal.fail(Outcome.UNKNOWN);

        assertThat(given.loop.step()).isEqualTo(Duration.ofMillis(1).toNanos());
        assertThat(reason(asked)).isEqualTo(Reason.OUTCOME_UNKNOWN);
    }

    @Test
    void no_epoch_begins_while_the_journal_owes_answers_for_too_many_batches() {
        LoopFixture given = new LoopFixture(false, new Planner(), small(1 << 20));

        for (int term = 1; term <= 100; term++) {
            given.journal.leading(term);
            given.loop.step();
            given.clock.advance(Duration.ofMillis(1));
            given.loop.step();
        }

        assertThat(given.journal.pending()).isEqualTo(64 - 4 + 1);
    }

    @Test
    void questions_above_the_limit_are_told_that_the_controller_is_busy() {
        LoopFixture given = new LoopFixture(true, new Planner(), SMALL).serving(1);

        ask(given, "a");
        ask(given, "b");
        CompletableFuture<Reply> third = ask(given, "c");

        assertThat(reason(third)).isEqualTo(Reason.BUSY);
        given.settle();
        assertThat(ask(given, "c")).isNotDone();
    }

    @Test
    void reports_above_the_limit_are_not_taken() {
        LoopFixture given = new LoopFixture(true, new Planner(), SMALL).serving(1);

        assertThat(given.loop.report(said(given, 1))).isTrue();
        assertThat(given.loop.report(said(given, 2))).isTrue();
        assertThat(given.loop.report(said(given, 3))).isFalse();
    }

    @Test
    void questions_are_decided_before_reports_that_came_earlier_and_then_once_what_follows_from_all() {
        List<Input> decided = new ArrayList<>();
        Planner planner = new Planner();
        LoopFixture given = new LoopFixture(
                true,
                (state, input, now) -> {
                    decided.add(input);
                    return planner.decide(state, input, now);
                },
                LoopLimits.DEFAULT);
        given.serving(1);
        decided.clear();

        given.loop.report(said(given, 1));
        ask(given, "web");
        ask(given, "shop");
        given.loop.step();

        assertThat(decided)
                .<Class<?>>extracting(Input::getClass)
                .containsExactly(
                        Input.OperationAsked.class,
                        Input.OperationAsked.class,
                        Input.InstancesReported.class,
                        Input.TimePassed.class);
    }

    @Test
    void commands_leave_after_the_placement_is_durable() {
        LoopFixture given = new LoopFixture(false).serving(1);
        given.executor("host", 8);

        CompletableFuture<Reply> reply = given.loop.ask(Specs.create("web", 1)).toCompletableFuture();
        given.loop.step();
        assertThat(given.commands).isEmpty();

        given.settle();
        assertThat(reply.join()).isInstanceOf(Reply.Accepted.class);
        assertThat(given.commands).hasSize(1);
    }

    @Test
    void without_work_the_loop_sleeps_until_the_next_deadline_at_most_a_second() {
        LoopFixture given = new LoopFixture(true).serving(1);
        assertThat(given.loop.step()).isEqualTo(Duration.ofSeconds(1).toNanos());

        given.executor("host", 8);
        for (int i = 0; i < 8; i++) {
            given.clock.advance(Duration.ofMillis(800));
            given.settle();
        }

        assertThat(given.loop.step()).isEqualTo(Duration.ofMillis(600).toNanos());
    }

    @Test
    void deadlines_are_decided_when_they_pass() {
        LoopFixture given = new LoopFixture(true).serving(1);
        ExecutorId executor = given.executor("host", 8);

        // Patience after the election, then silence.
        for (int i = 0; i < 80; i++) {
            given.clock.advance(Duration.ofMillis(500));
            given.settle();
        }

        assertThat(requireNonNull(given.loop.published().durable().executor(executor))
                        .lost())
                .isTrue();
    }

    @Test
    void an_input_that_breaks_the_program_changes_nothing_and_the_next_is_decided() {
        Planner planner = new Planner();
        LoopFixture given =
                new LoopFixture(true, (state, input, now) -> broken(planner, state, input, now), LoopLimits.DEFAULT);
        given.serving(1);

        CompletableFuture<Reply> poisoned = ask(given, "poison");
        CompletableFuture<Reply> other = ask(given, "web");
        given.settle();

        assertThat(reason(poisoned)).isEqualTo(Reason.BROKEN);
        assertThat(other.join()).isInstanceOf(Reply.Accepted.class);
        assertThat(given.loop.isLeading()).isTrue();
    }

    @Test
    void a_stopped_loop_refuses_what_waits_and_what_comes() {
        LoopFixture given = new LoopFixture(false).serving(1);
        CompletableFuture<Reply> inFlight = ask(given, "a");
        given.loop.step();
        CompletableFuture<Reply> waiting = ask(given, "b");

        given.loop.stop();

        assertThat(reason(inFlight)).isEqualTo(Reason.OUTCOME_UNKNOWN);
        assertThat(waiting).isCompletedExceptionally();
        assertThat(reason(ask(given, "c"))).isEqualTo(Reason.STOPPING);
    }

    private static Decision broken(Planner planner, ClusterState state, Input input, Now now) {
        if (input instanceof Input.OperationAsked asked
                && asked.operation().appId().value().startsWith("poison")) {
            throw new IllegalStateException("poison");
        }
        return planner.decide(state, input, now);
    }

    /** Its connection broke, and what it says over the new one waits behind what others say. */
    @Test
    void an_executor_whose_hello_waits_for_longer_than_silence_may_last_is_not_lost() {
        LoopFixture given = new LoopFixture(true, new Planner(), slow()).serving(5);
        ExecutorId late = given.executor("late", 4);
        given.loop.report(new Input.ExecutorDisconnected(given.loop.nextSeed(), late, new SessionId(1), false));
        for (int i = 0; i < 40; i++) {
            given.loop.report(said(given, 100 + i));
        }
        given.loop.report(new Input.ExecutorConnected(
                given.loop.nextSeed(), late, new SessionId(2), "digest", Specs.inventory("late", 4)));

        for (int i = 0; i < 40; i++) {
            given.loop.step();
            given.clock.advance(Duration.ofSeconds(1));
            assertThat(given.loop.isBehind()).isTrue();
            assertThat(requireNonNull(given.loop.published().durable().executor(late))
                            .lost())
                    .isFalse();
        }
        given.settle();

        ClusterState state = given.loop.published();
        assertThat(given.loop.isBehind()).isFalse();
        assertThat(requireNonNull(state.observed().presence(late)).session()).isEqualTo(new SessionId(2));
    }

    private static Input said(LoopFixture given, long session) {
        return new Input.InstancesReported(
                given.loop.nextSeed(), new ExecutorId("host"), new SessionId(session), List.of());
    }

    private static CompletableFuture<Reply> ask(LoopFixture given, String app) {
        return given.loop.ask(Specs.create(app, 0)).toCompletableFuture();
    }

    private static Reason reason(CompletionStage<Reply> reply) {
        CompletableFuture<Reply> future = reply.toCompletableFuture();
        assertThat(future).isCompletedExceptionally();
        try {
            future.join();
            throw new AssertionError("answered");
        } catch (CompletionException failed) {
            return ((Unavailable) requireNonNull(failed.getCause())).reason();
        }
    }

    /** One report a step. */
    private static LoopLimits slow() {
        return new LoopLimits(
                100,
                100,
                100,
                100,
                100,
                10,
                1,
                1 << 16,
                4,
                1 << 20,
                100,
                Duration.ofMillis(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(1));
    }

    /** Two of everything, and no more bytes under way than that. */
    private static LoopLimits small(int bytesInFlight) {
        return new LoopLimits(
                2,
                2,
                100,
                100,
                100,
                10,
                10,
                1 << 16,
                4,
                bytesInFlight,
                100,
                Duration.ofMillis(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(1));
    }
}
