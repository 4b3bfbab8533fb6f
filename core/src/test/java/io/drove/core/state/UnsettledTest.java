package io.drove.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.id.AppId;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnsettledTest {
    @Test
    void apps_have_their_turns_in_the_order_in_which_they_were_touched() {
        Random random = new Random(1);
        Set<AppId> expected = new LinkedHashSet<>();
        Unsettled unsettled = Unsettled.NONE;
        for (int i = 0; i < 20_000; i++) {
            AppId app = new AppId("app-" + random.nextInt(100));
            // Now more come, now more go, and not only the first.
            boolean isComing = random.nextInt(4) < 1 + i / 4_000 % 3;
            if (isComing) {
                expected.add(app);
                unsettled = unsettled.add(app);
            } else {
                AppId gone = expected.isEmpty() || random.nextBoolean()
                        ? app
                        : expected.iterator().next();
                expected.remove(gone);
                unsettled = unsettled.remove(gone);
            }

            assertThat(unsettled.isEmpty()).isEqualTo(expected.isEmpty());
            assertThat(unsettled.contains(app)).isEqualTo(expected.contains(app));
            if (!expected.isEmpty()) {
                assertThat(unsettled.head()).isEqualTo(expected.iterator().next());
            }
        }
    }
}
