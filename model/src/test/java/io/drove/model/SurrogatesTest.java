package io.drove.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SurrogatesTest {
    @Test
    void a_cut_never_leaves_half_a_pair() {
        String text = "ab\ud834\udd1e";

        assertThat(Surrogates.cut(text, 4)).isEqualTo(text);
        assertThat(Surrogates.cut(text, 3)).isEqualTo("ab");
        assertThat(Surrogates.cut(text, 2)).isEqualTo("ab");
        assertThat(Surrogates.arePaired(Surrogates.cut(text, 3))).isTrue();
    }

    @Test
    void texts_are_paired_that_utf8_can_carry() {
        char[] letters = {'a', '\u00e9', '\u20ac', '\ud834', '\udd1e'};
        for (int number = 0; number < 5 * 5 * 5 * 5; number++) {
            String text = "" + letters[number % 5] + letters[number / 5 % 5] + letters[number / 25 % 5]
                    + letters[number / 125];

            assertThat(Surrogates.arePaired(text))
                    .as("text %d", number)
                    .isEqualTo(StandardCharsets.UTF_8.newEncoder().canEncode(text));
        }
        assertThat(Surrogates.arePaired("")).isTrue();
    }

    @Test
    void a_half_that_stands_alone_is_mended() {
        assertThat(Surrogates.mended("a\ud834")).isEqualTo("a?");
        assertThat(Surrogates.mended("a\ud834\udd1e")).isEqualTo("a\ud834\udd1e");
    }
}
