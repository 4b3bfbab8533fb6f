package io.drove.executor.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.model.id.ClusterId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorHomeTest {
    private static final ClusterId CLUSTER = new ClusterId("c1");

    @TempDir
    private Path directory;

    /** Each is stored on a thread of its own, and a slow disk may end the first one last. */
    @Test
    void an_epoch_that_is_stored_late_does_not_undo_a_later_one() throws IOException {
        ExecutorHome home = new ExecutorHome(directory);
        home.write(CLUSTER, 6);

        home.write(CLUSTER, 5);

        assertThat(home.membership()).isEqualTo(new ExecutorHome.Membership(CLUSTER, 6));
        assertThat(new ExecutorHome(directory).membership()).isEqualTo(home.membership());
    }
}
