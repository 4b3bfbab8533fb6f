package io.drove.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PausesTest {
    @Test
    void pauses_of_any_collector_are_counted_and_nothing_else() {
        Pauses pauses = Pauses.of(Stream.of(
                "[0.010s] Using Serial",
                "[3.017s] GC(0) Pause Young (Allocation Failure) 11M->6M(30M) 500.000ms",
                "[3.401s] GC(1) Concurrent Mark Cycle 120.000ms",
                "[4.871s] GC(2) Pause Full (System.gc()) 18M->11M(30M) 1500.000ms"));

        assertThat(pauses).isEqualTo(new Pauses(2, 2.0, 1.5));
    }
}
