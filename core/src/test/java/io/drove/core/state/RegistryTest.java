package io.drove.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RegistryTest {
    @Test
    void records_are_gone_through_in_the_order_of_their_ids_and_each_change_gives_another() {
        Random random = new Random(1);
        Map<String, Integer> expected = new TreeMap<>();
        Registry<String, Integer> registry = Registry.empty();
        for (int i = 0; i < 5_000; i++) {
            String id = "id-" + random.nextInt(100);
            Registry<String, Integer> before = registry;
            Map<String, Integer> then = new TreeMap<>(expected);
            if (random.nextInt(3) > 0) {
                expected.put(id, i);
                registry = registry.put(id, i);
            } else {
                expected.remove(id);
                registry = registry.remove(id);
            }

            // Now after each change, now after some, now after many.
            if (random.nextInt(1 + i / 50) == 0) {
                assertThat(registry.ids()).containsExactlyElementsOf(expected.keySet());
                assertThat(registry.values().toJavaList()).containsExactlyElementsOf(expected.values());
                assertThat(before.ids()).containsExactlyElementsOf(then.keySet());
                assertThat(registry).isEqualTo(Registry.of(expected));
            }
        }
    }

    @Test
    void registries_with_the_same_ids_have_their_order_in_common() {
        Registry<String, Integer> one = Registry.of(Map.of("b", 1, "a", 2));

        assertThat(one.put("a", 3).ids()).isSameAs(one.ids()).containsExactly("a", "b");
        assertThat(one.put("c", 3).ids()).containsExactly("a", "b", "c");
    }
}
