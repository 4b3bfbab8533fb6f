package io.drove.controller.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestsTest {
    private final Digests digests = new Digests();

    @Test
    void each_is_there_once_however_many_there_are() {
        Random random = new Random(1);
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            // Many have the half in common by which they are placed, or the other. The first half's last bit is not
            // kept.
            String digest = "%016x%016x".formatted(2 * random.nextLong(1_000), random.nextLong(4));

            assertThat(digests.add(digest)).isEqualTo(expected.add(digest));
        }
        assertThat(digests.size()).isEqualTo(expected.size()).isGreaterThan(3_000);
    }

    @Test
    void the_digest_of_zeros_is_one_too() {
        assertThat(digests.add("0".repeat(32))).isTrue();
        assertThat(digests.add("0".repeat(32))).isFalse();
    }

    @Test
    void what_is_no_digest_is_not_taken() {
        assertThatThrownBy(() -> digests.add("00")).hasMessageContaining("32 digits");
    }
}
