package io.drove.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SamplesTest {
    @Test
    void quantiles_are_by_nearest_rank_whatever_the_order() {
        Samples samples = new Samples(List.of(50.0, 15.0, 40.0, 20.0, 35.0));

        assertThat(samples.quantile(0)).isEqualTo(15);
        assertThat(samples.quantile(0.30)).isEqualTo(20);
        assertThat(samples.quantile(0.40)).isEqualTo(20);
        assertThat(samples.median()).isEqualTo(35);
        assertThat(samples.quantile(1)).isEqualTo(50);
        assertThat(samples.min()).isEqualTo(15);
        assertThat(samples.max()).isEqualTo(50);
    }

    @Test
    void the_median_of_an_even_number_is_the_lower_middle_since_it_was_measured() {
        assertThat(new Samples(List.of(4.0, 1.0, 3.0, 2.0)).median()).isEqualTo(2);
    }

    @Test
    void p99_of_a_hundred_is_the_ninety_ninth_and_of_few_the_largest() {
        List<Double> hundred =
                IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList();

        assertThat(new Samples(hundred).quantile(0.99)).isEqualTo(99);
        assertThat(new Samples(hundred.subList(0, 30)).quantile(0.99)).isEqualTo(30);
    }

    @Test
    void durations_become_numbers_of_the_unit_without_rounding() {
        List<Duration> durations = List.of(Duration.ofNanos(1_250_000), Duration.ofSeconds(2));

        assertThat(Samples.ofMilliseconds(durations).sorted()).containsExactly(1.25, 2000.0);
        assertThat(Samples.ofSeconds(durations).sorted()).containsExactly(0.00125, 2.0);
    }

    @Test
    void no_samples_and_impossible_shares_are_refused() {
        assertThatThrownBy(() -> new Samples(List.of())).hasMessage("no samples");
        assertThatThrownBy(() -> new Samples(List.of(1.0)).quantile(99))
                .hasMessage("a quantile's share must be 0 to 1, was 99.0");
    }
}
