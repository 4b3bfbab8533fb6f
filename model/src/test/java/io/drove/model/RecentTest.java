package io.drove.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RecentTest {
    private final Recent<String, Integer> recent = new Recent<>(2);

    @Test
    void the_least_recently_used_goes_first() {
        recent.put("a", 1);
        recent.put("b", 2);
        assertThat(recent.get("a")).isEqualTo(1);

        recent.put("c", 3);

        assertThat(recent.get("b")).isNull();
        assertThat(recent.get("a")).isEqualTo(1);
        assertThat(recent.get("c")).isEqualTo(3);
    }

    @Test
    void what_is_not_there_is_made_once_and_counts_as_used() {
        assertThat(recent.get("a", _ -> 1)).isEqualTo(1);
        recent.put("b", 2);

        assertThat(recent.get("a", _ -> 7)).isEqualTo(1);
        recent.put("c", 3);

        assertThat(recent.get("a")).isEqualTo(1);
        assertThat(recent.get("b")).isNull();
    }
}
