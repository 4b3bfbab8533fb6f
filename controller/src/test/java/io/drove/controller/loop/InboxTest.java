package io.drove.controller.loop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.contract.Input;
import io.drove.core.contract.Seed;
import io.drove.core.contract.SessionId;
import io.drove.model.id.ExecutorId;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final ExecutorId A = new ExecutorId("a");
    private static final ExecutorId B = new ExecutorId("b");

    private final Inbox inbox = new Inbox(LoopLimits.DEFAULT);

    @Test
    void signs_of_life_do_not_wait_behind_reports_and_are_taken_together() {
        Input report = new Input.InstancesReported(new Seed(1, 1), A, new SessionId(1), List.of());
        inbox.offer(report);
        inbox.offer(new Input.ExecutorsHeard(new Seed(1, 2), List.of(A)));
        inbox.offer(new Input.ExecutorsHeard(new Seed(1, 3), List.of(B, A)));

        assertThat(requireNonNull(inbox.nextSigns()).executors()).containsExactly(A, B);
        assertThat(inbox.nextSigns()).isNull();
        assertThat(inbox.nextReport()).isEqualTo(report);
    }

    @Test
    void signs_of_life_alone_are_something_to_do() {
        assertThat(inbox.depth().isEmpty()).isTrue();

        inbox.offer(new Input.ExecutorsHeard(new Seed(1, 1), List.of(A)));

        assertThat(inbox.depth().isEmpty()).isFalse();
    }
}
