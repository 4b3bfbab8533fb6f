package io.drove.dist.dev;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VirtualSizeTest {
    @Test
    void two_cores_become_forty() {
        assertThat(VirtualSize.of(2, 24_000)).isEqualTo(new VirtualSize(20, 1));
    }

    @Test
    void a_small_memory_is_multiplied_and_a_big_machine_is_taken_as_it_is() {
        assertThat(VirtualSize.of(8, 4_096)).isEqualTo(new VirtualSize(5, 5));
        assertThat(VirtualSize.of(64, 256_000)).isEqualTo(new VirtualSize(1, 1));
        assertThat(VirtualSize.of(1, 512)).isEqualTo(new VirtualSize(20, 20));
    }
}
