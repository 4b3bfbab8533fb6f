package io.drove.core.state;

import static io.drove.core.Apps.app;
import static io.drove.core.TestCluster.ops;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.drove.core.TestCluster;
import io.drove.core.contract.Change;
import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.Transport;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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

    /** Read from bytes, each part has a copy of its own. */
    @Test
    void an_app_and_its_operations_share_its_id() {
        TestCluster cluster = new TestCluster();
        AppId web = cluster.create(app("web"), 0);
        List<SnapshotPart> read = new ArrayList<>();
        Snapshots.parts(cluster.state().durable()).forEachRemaining(part -> read.add(copied(part)));

        Durable restored = Snapshots.restore(read.iterator());

        AppId id = requireNonNull(restored.app(web)).id();
        assertThat(restored.operations().values())
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(operation.appId()).isSameAs(id));
    }

    @Test
    void an_app_has_its_last_operation_and_the_ids_of_those_before() {
        TestCluster cluster = new TestCluster();
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 0);
        AppId idle = cluster.create(app("idle"), 0);
        OperationId scale = cluster.accepted(new AppOperation.Scale(web, 1, ops(2)));
        Durable durable = cluster.state().durable();

        Durable restored = Snapshots.restore(Snapshots.parts(durable));

        AppRecord app = requireNonNull(restored.app(web));
        assertThat(app.operations())
                .hasSize(2)
                .endsWith(scale)
                .isEqualTo(requireNonNull(durable.app(web)).operations());
        assertThat(app.running())
                .isNotNull()
                .isSameAs(restored.operations().get(scale).get());
        OperationRecord over = requireNonNull(requireNonNull(restored.app(idle)).lastOperation());
        assertThat(over)
                .isInstanceOf(OperationRecord.Ended.class)
                .isSameAs(restored.operations().get(over.id()).get());
    }

    @Test
    void an_app_whose_operations_contradict_the_rest_is_refused() {
        TestCluster cluster = new TestCluster();
        cluster.executor("a", 8);
        AppId web = cluster.create(app("web"), 0);
        OperationId scale = cluster.accepted(new AppOperation.Scale(web, 1, ops(2)));
        List<SnapshotPart> parts = new ArrayList<>();
        Snapshots.parts(cluster.state().durable()).forEachRemaining(parts::add);

        assertThatThrownBy(() -> Snapshots.restore(parts.stream()
                        .filter(part -> !(part instanceof SnapshotPart.EndedOperation))
                        .iterator()))
                .hasMessageContaining("web-1")
                .hasMessageContaining("is not told of");
        assertThatThrownBy(() -> Snapshots.restore(
                        parts.stream().map(SnapshotsTest::withoutRunning).iterator()))
                .hasMessageContaining("web-1")
                .hasMessageContaining(scale.toString());
    }

    private static SnapshotPart withoutRunning(SnapshotPart part) {
        return part instanceof SnapshotPart.App app
                ? new SnapshotPart.App(app.spec(), app.desired(), null, app.operations(), app.created(), app.updated())
                : part;
    }

    private static SnapshotPart copied(SnapshotPart part) {
        return part instanceof SnapshotPart.EndedOperation ended
                ? new SnapshotPart.EndedOperation(
                        ended.id(),
                        new AppId(ended.app().value()),
                        ended.type(),
                        ended.how(),
                        ended.state(),
                        ended.reason(),
                        ended.created(),
                        ended.ended(),
                        ended.counts())
                : part;
    }

    /** Its size is not to be seen in the memory of who writes it. */
    @Test
    void parts_are_made_one_by_one() {
        Durable durable = instances(20_000);
        ThreadMXBean memory = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long before = memory.getCurrentThreadAllocatedBytes();

        Iterator<SnapshotPart> parts = Snapshots.parts(durable);
        long most = 0;
        int count = 0;
        for (long last = before; parts.hasNext(); count++) {
            parts.next();
            long now = memory.getCurrentThreadAllocatedBytes();
            most = Math.max(most, now - last);
            last = now;
        }

        assertThat(count).isGreaterThan(20_000);
        assertThat(most).isLessThan(64 << 10);
    }

    private static Durable instances(int count) {
        ExecutorId executor = ExecutorId.of("a", 11_000);
        AppSpec web = app("web").spec();
        ExecutorInventory inventory =
                new ExecutorInventory("a", 11_000, Transport.HTTP, new TreeSet<>(), List.of(), Map.of());
        Durable durable = Durable.empty()
                .apply(new Change.ExecutorRegistered(executor, "digest", inventory, 1), Limits.DEFAULT)
                .apply(new Change.AppRegistered(web, 1), Limits.DEFAULT);
        for (int i = 0; i < count; i++) {
            InstanceId instance = new InstanceId(InstanceId.Kind.APP, 0, i);
            Allocation one = new Allocation(0, CoreSet.of(i), 64);
            durable = durable.apply(new Change.InstancePlaced(instance, web.id(), executor, one, 1), Limits.DEFAULT);
        }
        return durable;
    }
}
