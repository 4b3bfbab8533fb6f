package io.drove.model;

import static org.assertj.core.api.Assertions.assertThat;

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
    void a_half_that_stands_alone_is_mended() {
        assertThat(Surrogates.mended("a\ud834")).isEqualTo("a?");
        assertThat(Surrogates.mended("a\ud834\udd1e")).isEqualTo("a\ud834\udd1e");
    }
}
