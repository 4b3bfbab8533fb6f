package io.drove.core.state;

import static io.drove.core.Apps.app;
import static io.drove.core.TestCluster.ops;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.TestCluster;
import io.drove.model.app.AppOperation;
import io.drove.model.id.AppId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SnapshotsTest {
    @Test
    void a_state_put_together_from_its_parts_is_the_same() {
        TestCluster cluster = new TestCluster();
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 4);
        cluster.obeyAll();
        cluster.accepted(new AppOperation.ReplaceInstances(web, List.of(), false, ops(2)));
        cluster.obeyNext();
        cluster.create(app("gone"), 0);
        cluster.accepted(new AppOperation.Destroy(new AppId("gone-1"), ops(1)));
        Durable durable = cluster.state().durable();

        Durable restored = Snapshots.restore(Snapshots.parts(durable));

        assertThat(restored).isEqualTo(durable);
        assertThat(durable.gone()).isNotEmpty();
        assertThat(durable.operations()).hasSize(4);
    }
}
