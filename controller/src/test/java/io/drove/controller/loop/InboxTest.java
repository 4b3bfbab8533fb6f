package io.drove.controller.loop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.contract.Input;
import io.drove.core.contract.Seed;
import io.drove.core.contract.SessionId;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final ExecutorId A = new ExecutorId("a");
    private static final ExecutorId B = new ExecutorId("b");

    private final Inbox inbox = new Inbox(LoopLimits.DEFAULT);

    @Test
    void signs_of_life_do_not_wait_behind_reports_and_are_taken_together() {
        Input report = new Input.InstancesReported(new Seed(1, 1), A, new SessionId(1), List.of());
        inbox.offer(report, 0);
        inbox.offer(new Input.ExecutorsHeard(new Seed(1, 2), List.of(A)), 0);
        inbox.offer(new Input.ExecutorsHeard(new Seed(1, 3), List.of(B, A)), 0);

        assertThat(requireNonNull(inbox.nextSigns()).executors()).containsExactly(A, B);
        assertThat(inbox.nextSigns()).isNull();
        assertThat(inbox.nextReport(130)).isEqualTo(report);
    }

    @Test
    void signs_of_life_alone_are_something_to_do() {
        assertThat(inbox.depth().isEmpty()).isTrue();

        inbox.offer(new Input.ExecutorsHeard(new Seed(1, 1), List.of(A)), 0);

        assertThat(inbox.depth().isEmpty()).isFalse();
    }

    @Test
    void what_a_session_reports_while_it_waits_joins_what_it_reported_and_the_newest_counts() {
        Input other = new Input.ExecutorDisconnected(new Seed(1, 9), B, new SessionId(2), false);
        inbox.offer(reported(1, report(1, InstanceState.STARTING), report(2, InstanceState.UNREADY)), 0);
        inbox.offer(other, 0);
        inbox.offer(reported(1, report(1, InstanceState.HEALTHY), report(3, InstanceState.STOPPED)), 0);

        assertThat(inbox.depth().reports()).isEqualTo(2);
        assertThat(inbox.nextReport(130))
                .isEqualTo(reported(
                        1,
                        report(1, InstanceState.HEALTHY),
                        report(2, InstanceState.UNREADY),
                        report(3, InstanceState.STOPPED)));
        assertThat(inbox.nextReport(130)).isEqualTo(other);
        assertThat(inbox.nextReport(130)).isNull();
    }

    @Test
    void how_long_a_report_has_waited_is_told_of_the_one_whose_turn_it_is() {
        assertThat(inbox.waited(7)).isZero();
        inbox.offer(reported(1, report(1, InstanceState.STARTING)), 100);
        inbox.offer(reported(1, report(2, InstanceState.STARTING)), 110);
        inbox.offer(new Input.ExecutorDisconnected(new Seed(1, 9), B, new SessionId(2), false), 120);
        inbox.offer(new Input.ExecutorsHeard(new Seed(1, 1), List.of(A)), 0);

        assertThat(inbox.waited(150)).isEqualTo(50);
        inbox.nextReport(130);
        assertThat(inbox.waited(150)).isEqualTo(30);
        inbox.nextReport(130);
        assertThat(inbox.waited(150)).isZero();
    }

    @Test
    void who_had_a_turn_and_has_more_to_tell_waits_anew() {
        inbox.offer(reported(1, many(LoopLimits.DEFAULT.instancesPerReport() + 1)), 100);

        inbox.nextReport(130);

        assertThat(inbox.waited(150)).isEqualTo(20);
    }

    @Test
    void a_new_session_of_an_executor_does_not_speak_for_the_old_one() {
        inbox.offer(reported(1, report(1, InstanceState.STARTING)), 0);
        inbox.offer(reported(2, report(1, InstanceState.HEALTHY)), 0);

        assertThat(inbox.nextReport(130)).isEqualTo(reported(1, report(1, InstanceState.STARTING)));
        assertThat(inbox.nextReport(130)).isEqualTo(reported(2, report(1, InstanceState.HEALTHY)));
    }

    @Test
    void an_executor_with_much_to_tell_takes_turns_with_the_others() {
        int most = LoopLimits.DEFAULT.instancesPerReport();
        inbox.offer(reported(1, many(most + 1)), 0);
        inbox.offer(reported(2, report(7, InstanceState.HEALTHY)), 0);

        assertThat(requireNonNull((Input.InstancesReported) inbox.nextReport(130))
                        .instances())
                .hasSize(most);
        assertThat(inbox.nextReport(130)).isEqualTo(reported(2, report(7, InstanceState.HEALTHY)));
        assertThat(inbox.nextReport(130)).isEqualTo(reported(1, report(most, InstanceState.HEALTHY)));
        assertThat(inbox.depth().isEmpty()).isTrue();
    }

    @Test
    void what_is_told_after_a_list_does_not_overtake_it() {
        Input list = new Input.InstancesListed(
                new Seed(1, 1), A, new SessionId(1), List.of(report(1, InstanceState.HEALTHY)));
        inbox.offer(reported(1, report(2, InstanceState.UNHEALTHY)), 0);
        inbox.offer(list, 0);
        inbox.offer(reported(1, report(1, InstanceState.STOPPED)), 0);

        assertThat(inbox.nextReport(130)).isEqualTo(reported(1, report(2, InstanceState.UNHEALTHY)));
        assertThat(inbox.nextReport(130)).isEqualTo(list);
        assertThat(inbox.nextReport(130)).isEqualTo(reported(1, report(1, InstanceState.STOPPED)));
        assertThat(inbox.depth().isEmpty()).isTrue();
    }

    @Test
    void much_that_is_told_before_a_list_is_decided_in_parts_and_before_it() {
        int most = LoopLimits.DEFAULT.instancesPerReport();
        Input list = new Input.InstancesListed(new Seed(1, 1), A, new SessionId(1), List.of());
        inbox.offer(reported(1, many(most + 1)), 0);
        inbox.offer(list, 0);

        assertThat(requireNonNull((Input.InstancesReported) inbox.nextReport(130))
                        .instances())
                .hasSize(most);
        assertThat(inbox.nextReport(130)).isEqualTo(reported(1, report(most, InstanceState.HEALTHY)));
        assertThat(inbox.nextReport(130)).isEqualTo(list);
    }

    @Test
    void long_errors_are_decided_few_at_a_time() {
        String words = "\u00fc".repeat(8_192);
        InstanceReport[] failed = IntStream.range(0, 100)
                .mapToObj(number -> new InstanceReport(
                        new InstanceId(InstanceId.Kind.APP, 0, number),
                        new AppId("web-1"),
                        InstanceState.UNHEALTHY,
                        List.of(),
                        words,
                        0))
                .toArray(InstanceReport[]::new);
        inbox.offer(reported(1, failed), 0);

        int first = requireNonNull((Input.InstancesReported) inbox.nextReport(130))
                .instances()
                .size();

        assertThat(first * words.length()).isBetween(1, LoopLimits.DEFAULT.errorCharactersPerReport() + words.length());
    }

    @Test
    void who_reports_more_instances_than_an_executor_may_have_is_refused() {
        int most = LoopLimits.DEFAULT.instancesGathered();

        assertThat(inbox.offer(reported(1, many(most)), 0)).isTrue();
        assertThat(inbox.offer(reported(1, report(most + 1, InstanceState.HEALTHY)), 0))
                .isFalse();
    }

    private static InstanceReport[] many(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> report(number, InstanceState.HEALTHY))
                .toArray(InstanceReport[]::new);
    }

    private static Input.InstancesReported reported(long session, InstanceReport... reports) {
        return new Input.InstancesReported(new Seed(1, 1), A, new SessionId(session), List.of(reports));
    }

    private static InstanceReport report(int number, InstanceState state) {
        return new InstanceReport(
                new InstanceId(InstanceId.Kind.APP, 0, number), new AppId("web-1"), state, List.of(), "", 0);
    }
}
