package io.drove.controller.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.controller.loop.Specs;
import io.drove.core.contract.Command;
import io.drove.core.contract.StopReason;
import io.drove.model.app.AppSpec;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import io.drove.model.session.ToExecutor;
import io.drove.model.wire.SpecBytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final ExecutorId EXECUTOR = new ExecutorId("e");
    private static final AppSpec WEB = Specs.app("web");
    private static final Allocation CORE = new Allocation(0, CoreSet.of(1), 128);

    private final Outbox outbox = new Outbox();
    private final Outbox.Stationery paper = new Outbox.Stationery() {
        private long orders;

        @Override
        public long nextOrder() {
            return ++orders;
        }

        @Override
        public long epoch() {
            return 3;
        }

        @Override
        public String digest(AppSpec spec) {
            return SpecBytes.digest(spec);
        }

        @Override
        public String token(Command.Start start) {
            return "token";
        }
    };

    @Test
    void signs_of_life_go_first_then_stops_then_starts_then_what_may_be_forgotten() {
        outbox.forget(instance(1));
        start(instance(2));
        outbox.stop(new Command.Stop(EXECUTOR, instance(3), StopReason.SURPLUS));
        outbox.say(new ToExecutor.Heartbeat(3));

        assertThat(all())
                .containsExactly(
                        new ToExecutor.Heartbeat(3),
                        new ToExecutor.Stop(1, 3, instance(3), StopReason.SURPLUS.words()),
                        new ToExecutor.Spec(SpecBytes.digest(WEB), WEB),
                        new ToExecutor.Start(2, 3, instance(2), WEB.id(), SpecBytes.digest(WEB), CORE, "token"),
                        new ToExecutor.Forget(3, List.of(instance(1))));
    }

    @Test
    void a_start_that_is_stopped_before_it_left_follows_its_stop_so_that_the_executor_tells_its_end() {
        start(instance(1));
        outbox.stop(new Command.Stop(EXECUTOR, instance(1), StopReason.ABANDONED));

        assertThat(all())
                .hasExactlyElementsOfTypes(ToExecutor.Stop.class, ToExecutor.Spec.class, ToExecutor.Start.class);
    }

    @Test
    void an_order_that_is_given_twice_leaves_once() {
        start(instance(1));
        start(instance(1));
        outbox.stop(new Command.Stop(EXECUTOR, instance(2), StopReason.ABANDONED));
        outbox.stop(new Command.Stop(EXECUTOR, instance(2), StopReason.ABANDONED));
        outbox.forget(instance(3));
        outbox.forget(instance(3));

        assertThat(outbox.orders()).isEqualTo(3);
    }

    @Test
    void what_may_be_forgotten_is_told_in_frames_of_a_limited_size() {
        for (int i = 0; i < 7; i++) {
            outbox.forget(instance(i));
        }

        assertThat(all())
                .map(frame -> ((ToExecutor.Forget) frame).instances().size())
                .containsExactly(3, 3, 1);
    }

    @Test
    void dropped_orders_leave_what_was_said() {
        start(instance(1));
        outbox.say(new ToExecutor.Refused("NOT_LEADER", ""));

        outbox.dropOrders();

        assertThat(all()).containsExactly(new ToExecutor.Refused("NOT_LEADER", ""));
    }

    private void start(InstanceId instance) {
        outbox.start(new Command.Start(EXECUTOR, instance, WEB.id(), CORE), WEB);
    }

    private List<ToExecutor> all() {
        List<ToExecutor> frames = new ArrayList<>();
        for (ToExecutor next = outbox.next(paper, 3); next != null; next = outbox.next(paper, 3)) {
            frames.add(next);
        }
        return frames;
    }

    private static InstanceId instance(int number) {
        return new InstanceId(InstanceId.Kind.APP, 1, number);
    }
}
