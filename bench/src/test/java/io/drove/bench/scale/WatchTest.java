package io.drove.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WatchTest {
    private final Watch watch = new Watch(
            new AdminPage(HttpClient.newHttpClient(), 1),
            Duration.ofSeconds(1),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));

    private void saw(double second, int placed, long open, long acknowledged) {
        watch.seen().add(new Reading((long) (second * 1e9), 10, 0, placed, 0, 0, open, acknowledged, 0, 0));
    }

    @Test
    void the_time_of_dispatch_is_when_it_held_for_good_and_not_when_it_held_by_chance() {
        saw(1, 100, 0, 100);
        saw(2, 100, 40, 100);
        saw(3, 100, 0, 140);
        saw(4, 100, 0, 140);

        assertThat(watch.sinceWhen(reading -> reading.isDispatched(100)).nanos())
                .isEqualTo(3_000_000_000L);
    }

    @Test
    void the_sustained_rate_leaves_out_both_ends() {
        saw(0, 0, 0, 50);
        saw(10, 0, 0, 150);
        saw(11, 0, 0, 550);
        saw(12, 0, 0, 950);
        saw(30, 0, 0, 1_050);

        assertThat(watch.sustainedRate(1_000)).isEqualTo(400);
    }

    @Test
    void the_best_second_is_at_least_a_second() {
        saw(0, 0, 0, 0);
        saw(0.5, 0, 0, 300);
        saw(1.0, 0, 0, 300);
        saw(1.5, 0, 0, 700);
        saw(3.0, 0, 0, 700);

        assertThat(watch.peakRate()).isEqualTo(400);
    }
}
