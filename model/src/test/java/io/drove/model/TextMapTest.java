package io.drove.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TextMapTest {
    @Test
    void it_keeps_the_order_in_which_it_was_written_and_equals_any_map_with_the_same_entries() {
        TextMap map = TextMap.copyOf(written("b", "a", "c"));

        assertThat(map).hasSize(3).containsEntry("a", "1").doesNotContainKey("d");
        assertThat(map.keySet()).containsExactly("b", "a", "c");
        Map<String, String> other = new HashMap<>(map);
        assertThat(map.equals(other)).isTrue();
        assertThat(other.equals(map)).isTrue();
        assertThat(map).hasSameHashCodeAs(other);
    }

    @Test
    void maps_that_are_equal_need_not_be_written_alike() {
        TextMap map = TextMap.copyOf(written("a", "b"));
        TextMap turned = TextMap.copyOf(written("b", "a"));

        assertThat(map).isEqualTo(turned).isNotEqualTo(TextMap.copyOf(written("a", "c")));
        assertThat(map.isWrittenAs(turned)).isFalse();
        assertThat(map.isWrittenAs(TextMap.copyOf(written("a", "b")))).isTrue();
    }

    @Test
    void a_copy_of_one_or_of_nothing_is_no_other() {
        TextMap map = TextMap.copyOf(written("a"));

        assertThat(TextMap.copyOf(map)).isSameAs(map);
        assertThat(TextMap.copyOf(Map.of())).isSameAs(TextMap.copyOf(new HashMap<>()));
    }

    private static Map<String, String> written(String... keys) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String key : keys) {
            map.put(key, "1");
        }
        return map;
    }
}
