package io.drove.dist.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration SHORT_LIFE = Duration.ofSeconds(1);

    private final Backoff backoff = new Backoff();

    @Test
    void the_first_death_costs_no_wait_and_the_next_ones_ever_more_up_to_ten_seconds() {
        assertThat(IntStream.range(0, 10)
                        .mapToObj(_ -> backoff.after(SHORT_LIFE).toMillis()))
                .containsExactly(0L, 100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L);
    }

    @Test
    void a_long_life_forgives_earlier_deaths() {
        backoff.after(SHORT_LIFE);
        backoff.after(SHORT_LIFE);

        assertThat(backoff.after(Duration.ofSeconds(30))).isZero();
    }
}
