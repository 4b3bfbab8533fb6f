package io.drove.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private final List<String> calls = new ArrayList<>();
    private final Leadership leadership = new Leadership(new Journal.LeadershipListener() {
        @Override
        public void leading(long term) {
            calls.add("leading " + term);
        }

        @Override
        public void following() {
            calls.add("following");
        }
    });

    @Test
    void terms_grow_and_only_the_current_one_is_led() {
        leadership.begin(3);
        leadership.end(() -> 4);
        leadership.begin(6);

        assertThat(calls).containsExactly("leading 3", "following", "leading 6");
        assertThat(leadership.leads(6)).isTrue();
        assertThat(leadership.leads(3)).isFalse();
    }

    @Test
    void the_late_news_of_a_term_that_has_ended_is_ignored() {
        leadership.end(() -> 3);
        leadership.begin(3);

        assertThat(calls).isEmpty();
        assertThat(leadership.leads(3)).isFalse();
    }
}
