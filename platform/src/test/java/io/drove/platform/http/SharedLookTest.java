package io.drove.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedLookTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final AtomicInteger looks = new AtomicInteger();
    private final SharedLook look = new SharedLook(Duration.ofNanos(10), now::get, () -> looks.incrementAndGet() > 1);

    @Test
    void all_who_ask_within_the_while_share_one_look() {
        assertThat(look.answer()).isFalse();
        now.addAndGet(9);
        assertThat(look.answer()).isFalse();
        assertThat(looks).hasValue(1);
    }

    @Test
    void whoever_asks_later_has_a_new_one() {
        look.answer();
        now.addAndGet(10);

        assertThat(look.answer()).isTrue();
        assertThat(looks).hasValue(2);
    }
}
