package io.drove.platform.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void ten_thousand_seeds_are_all_different() {
        Seeds seeds = Seeds.secure();

        assertThat(Stream.generate(seeds::next).limit(10_000)).doesNotHaveDuplicates();
    }
}
