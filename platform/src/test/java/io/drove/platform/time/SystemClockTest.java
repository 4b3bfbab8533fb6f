package io.drove.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SystemClockTest {
    @Test
    void a_later_reading_is_not_before_an_earlier_one_on_the_monotonic_clock() {
        Clock clock = new SystemClock();
        Moment first = clock.read();
        Moment second = clock.read();

        assertThat(second.since(first)).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void elapsed_time_ignores_a_jump_of_the_wall_clock() {
        Moment before = new Moment(5_000_000_000L, 1_000_000L);
        Moment after = new Moment(7_000_000_000L, 1_000_000L - 3_600_000L);

        assertThat(after.since(before)).isEqualTo(Duration.ofSeconds(2));
    }
}
