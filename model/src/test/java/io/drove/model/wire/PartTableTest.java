package io.drove.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartTableTest {
    /** With one pair of places, which all values share. */
    private final PartTable table = new PartTable(2);

    /** Equal by its number, and hashed so many times at most. */
    private static final class Part {
        private final int number;
        private int hashesLeft = Integer.MAX_VALUE;

        Part(int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Part part && number == part.number;
        }

        @Override
        public int hashCode() {
            if (hashesLeft-- == 0) {
                throw new AssertionError("is hashed once more");
            }
            return number;
        }
    }

    @Test
    void a_value_is_found_by_an_equal_one() {
        Part one = new Part(1);
        Part two = new Part(2);
        table.add(one);
        table.add(two);

        assertThat(find(new Part(1))).isSameAs(one);
        assertThat(find(new Part(2))).isSameAs(two);
        assertThat(find(new Part(1))).isSameAs(one);
    }

    @Test
    void what_is_new_is_not_found_until_it_is_added() {
        Part one = new Part(1);

        assertThat(find(one)).isNull();
        table.add(new Part(2));
        assertThat(find(one)).isNull();
        table.add(one);
        assertThat(find(one)).isSameAs(one);
    }

    @Test
    void who_asks_says_what_is_equal() {
        table.add(new Part(1));

        assertThat(table.find(new Part(1), (known, asked) -> false)).isNull();
    }

    @Test
    void lists_of_two_classes_are_two_values() {
        table.add(List.of("a"));

        assertThat(table.<List<String>>find(new ArrayList<>(List.of("a")), Objects::equals))
                .isNull();
    }

    @Test
    void what_was_added_finds_itself_without_being_hashed() {
        Part one = new Part(1);
        one.hashesLeft = 1;

        table.add(one);

        assertThat(find(one)).isSameAs(one);
        assertThat(find(one)).isSameAs(one);
    }

    @Test
    void what_was_found_finds_itself_without_being_hashed() {
        Part one = new Part(1);
        table.add(one);
        // Takes its place by identity, or not.
        table.add(new Part(2));
        assertThat(find(new Part(1))).isSameAs(one);

        one.hashesLeft = 0;

        assertThat(find(one)).isSameAs(one);
    }

    @Test
    void what_was_forgotten_by_identity_is_known_by_it_once_it_was_found() {
        PartTable two = new PartTable(4);
        Part zero = new Part(0);
        two.add(zero);
        // The other pair of places is theirs, and every place by identity.
        for (int i = 0; i < 100; i++) {
            two.add(new Part(1));
        }
        assertThat(two.find(new Part(0), Objects::equals)).isSameAs(zero);

        zero.hashesLeft = 0;

        assertThat(two.find(zero, Objects::equals)).isSameAs(zero);
    }

    @Test
    void of_two_the_one_that_was_not_looked_for_makes_room() {
        Part one = new Part(1);
        Part three = new Part(3);
        table.add(one);
        table.add(new Part(2));
        assertThat(find(new Part(1))).isSameAs(one);

        table.add(three);

        assertThat(find(new Part(1))).isSameAs(one);
        assertThat(find(new Part(2))).isNull();
        assertThat(find(new Part(3))).isSameAs(three);
    }

    @Test
    void however_many_come_only_so_many_are_known() {
        PartTable small = new PartTable(8);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            parts.add(new Part(i));
            small.add(parts.getLast());
        }

        assertThat(parts.stream().filter(part -> small.find(new Part(part.number), Objects::equals) != null))
                .hasSizeBetween(1, 8);
    }

    private @Nullable Part find(Part part) {
        return table.find(part, Objects::equals);
    }
}
