package io.drove.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drove.bench.watch.MeasurementFailed;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReadingTest {
    private static final String PAGE = """
            # HELP drove_executors Executors by state
            # TYPE drove_executors gauge
            drove_executors{state="lost"} 1.0
            drove_executors{state="ready"} 9.0
            drove_executors{state="suspect"} 0.0
            drove_instances{phase="coming"} 3.0
            drove_instances{phase="failing"} 1.0
            drove_instances{phase="healthy"} 97.0
            drove_instances{phase="stopping"} 2.0
            drove_loop_asks_waiting 4.0
            drove_loop_reports_waiting 5.0
            drove_orders_acknowledged 1.0E7
            drove_orders_open 6.0
            """;

    @Test
    void the_controllers_page_is_read() {
        Reading reading = Reading.of(1, AdminPage.parse(PAGE));

        assertThat(reading).isEqualTo(new Reading(1, 9, 1, 3, 97, 3, 6, 10_000_000, 4, 5));
        assertThat(reading.placed()).isEqualTo(100);
    }

    @Test
    void what_the_controller_does_not_tell_is_not_taken_for_zero() {
        assertThatThrownBy(() -> Reading.of(1, Map.of("drove_orders_open", 0.0)))
                .isInstanceOf(MeasurementFailed.class)
                .hasMessageContaining("drove_executors");
    }

    @Test
    void instances_are_dispatched_only_when_executors_acknowledged_all() {
        assertThat(new Reading(1, 9, 0, 100, 0, 0, 1, 99, 0, 0).isDispatched(100))
                .isFalse();
        assertThat(new Reading(1, 9, 0, 99, 0, 0, 0, 99, 0, 0).isDispatched(100))
                .isFalse();
        assertThat(new Reading(1, 9, 0, 60, 40, 0, 0, 100, 0, 0).isDispatched(100))
                .isTrue();
    }

    @Test
    void all_is_settled_only_when_nothing_comes_or_goes() {
        assertThat(new Reading(1, 9, 0, 0, 100, 1, 0, 100, 0, 0).isSettled(100)).isFalse();
        assertThat(new Reading(1, 9, 0, 1, 100, 0, 0, 100, 0, 0).isSettled(100)).isFalse();
        assertThat(new Reading(1, 9, 0, 0, 100, 0, 0, 100, 0, 0).isSettled(100)).isTrue();
    }
}
