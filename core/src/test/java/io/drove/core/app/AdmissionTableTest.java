package io.drove.core.app;

import io.drove.core.Golden;
import io.drove.model.app.AppState;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every state of an app, and the operations that may begin in it. */
final class AdmissionTableTest {
    @Test
    void each_state_allows_what_the_table_says() throws IOException {
        String table = Arrays.stream(AppState.values())
                .map(state -> String.format("%-27s %s%n", state, String.join(" ", Admission.allowedIn(state))))
                .collect(Collectors.joining());

        Golden.assertMatches("admission-table.txt", table);
    }
}
