package io.drove.core.instance;

import static io.drove.core.Apps.app;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.TestCluster;
import io.drove.core.state.EndedInstance;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Phase;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.instance.InstanceState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An executor that was killed after an instance ended, and comes back without any memory of it. */
final class ReportsTest {
    private final TestCluster cluster = new TestCluster();
    private final ExecutorId executor = cluster.executor("a", 4);
    private final AppId web = cluster.create(app("web"), 1);

    @Test
    void an_error_that_was_told_before_is_kept() {
        cluster.obeyAll();
        InstanceRecord instance = cluster.instances(web, Phase.HEALTHY).getFirst();
        cluster.report(instance, InstanceState.UNHEALTHY, "Container exited with status: 3");

        comeBackEmpty();

        assertThat(ended().state()).isEqualTo(InstanceState.LOST);
        assertThat(ended().error()).isEqualTo("Container exited with status: 3");
        assertReplaced();
    }

    @Test
    void an_end_that_could_not_be_told_is_an_end_that_says_so() {
        cluster.obeyAll();

        comeBackEmpty();

        assertThat(ended().state()).isEqualTo(InstanceState.LOST);
        assertThat(ended().error()).startsWith("Instance lost").contains("could not say why");
        assertReplaced();
    }

    private void comeBackEmpty() {
        cluster.disconnect(executor, false);
        cluster.connect(executor, null);
        cluster.list(executor, List.of());
    }

    private EndedInstance ended() {
        return cluster.app(web).ended().last();
    }

    private void assertReplaced() {
        cluster.pass(60);
        cluster.obeyAll();
        assertThat(cluster.instances(web, Phase.HEALTHY)).hasSize(1);
    }
}
