package io.drove.controller.journal;

import io.drove.controller.loop.Specs;
import io.drove.core.contract.Change;
import io.drove.core.contract.OperationCounts;
import io.drove.core.contract.StopReason;
import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.ExposureSpec;
import io.drove.model.app.FailureStrategy;
import io.drove.model.app.OpSpec;
import io.drove.model.app.OperationState;
import io.drove.model.container.PortType;
import io.drove.model.container.UserSpec;
import io.drove.model.id.AppId;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import io.drove.model.time.TimeSpan;
import io.drove.model.wire.SpecParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One change of each kind, always the same ones. */
final class Samples {
    private static final long AT = 1_764_000_000_000L;

    private Samples() {}

    static List<Change> changes() {
        AppSpec spec = Specs.app("web");
        AppId app = spec.id();
        ExecutorId executor = ExecutorId.of("host-1", 11_000);
        InstanceId one = new InstanceId(InstanceId.Kind.APP, 0x1111_2222_3333_4444L, 0x8888_7777_6666_5555L);
        InstanceId two = new InstanceId(InstanceId.Kind.APP, 0x1111_2222_3333_4445L, 0x8888_7777_6666_5555L);
        OperationId operation = new OperationId(0x0123_4567_89ab_4defL, 0x8000_0000_0000_0001L);
        Allocation allocation = new Allocation(0, CoreSet.of(2, 3), 512);
        return List.of(
                new Change.EpochBegun(7, new ClusterId("a-cluster"), AT),
                new Change.ExecutorRegistered(executor, "digest-1", Specs.inventory("host-1", 4), AT),
                new Change.AppRegistered(spec, AT),
                new Change.OperationStarted(
                        operation, new AppOperation.Create(spec, 2, OpSpec.DEFAULT), List.of(), 0, AT),
                new Change.DesiredSet(app, 2, AT),
                new Change.InstancePlaced(one, app, executor, allocation, AT),
                new Change.InstancePlaced(two, app, executor, new Allocation(0, CoreSet.of(0), 128), AT),
                new Change.InstanceHealthy(one, app, List.of(new PortBinding("main", 8080, 32_001, PortType.HTTP)), AT),
                new Change.InstanceFailed(two, app, "exit code 1", AT),
                new Change.InstanceEnded(two, app, InstanceState.STOPPED, "exit code 1", AT),
                new Change.OperationEnded(operation, app, OperationState.FAILED, "one instance failed", AT, null),
                new Change.InstanceCondemned(one, app, StopReason.SURPLUS, AT),
                new Change.InstanceGivenUp(one, app, "Instance lost", AT),
                new Change.ExecutorLost(executor, AT),
                new Change.ExecutorReturned(executor, AT),
                new Change.StrangerCondemned(two, executor, AT),
                new Change.GhostGone(one, executor),
                new Change.AppDestroyed(app),
                new Change.ExecutorForgotten(executor));
    }

    /** These, and those that are written in another way when they say more or less. */
    static List<Change> inEveryForm() {
        AppSpec other = Specs.app("other");
        OperationId operation = new OperationId(0x0123_4567_89ab_4deeL, 0x8000_0000_0000_0002L);
        OpSpec how = new OpSpec(TimeSpan.ofMinutes(10), 512, FailureStrategy.ROLLBACK);
        List<Change> all = new ArrayList<>(changes());
        all.add(new Change.OperationStarted(operation, new AppOperation.Create(other, 1, how), List.of(), 3, AT));
        all.add(new Change.OperationStarted(operation, new AppOperation.Scale(other.id(), 1, how), List.of(), 3, AT));
        all.add(new Change.OperationEnded(
                operation, other.id(), OperationState.SUCCEEDED, "", AT, new OperationCounts(1, 2, 3)));
        return all;
    }

    /** Three apps with much in common; only the second has an exposure and a user. */
    static List<Change> alike() {
        AppSpec spec = SpecParts.shared(Specs.app("alike"));
        List<Change> all = new ArrayList<>();
        for (String name : List.of("one", "two", "three")) {
            boolean isSecond = name.equals("two");
            all.add(new Change.AppRegistered(
                    new AppSpec(
                            name,
                            spec.version(),
                            spec.executable(),
                            spec.exposedPorts(),
                            spec.volumes(),
                            spec.configs(),
                            spec.type(),
                            spec.logging(),
                            spec.resources(),
                            spec.placementPolicy(),
                            spec.healthcheck(),
                            spec.readiness(),
                            spec.tags(),
                            isSecond ? Map.of("A", "secret") : spec.env(),
                            spec.args(),
                            spec.devices(),
                            isSecond ? new ExposureSpec("two.example.com", "main", ExposureSpec.Mode.ALL) : null,
                            spec.preShutdown(),
                            isSecond ? new UserSpec("1", "2") : null,
                            spec.placementPreferences()),
                    AT));
        }
        return all;
    }

    /** An operation on the app of {@link #changes} that ends, and another one that goes on. */
    static List<Change> twoOperations() {
        AppId app = Specs.app("web").id();
        OperationId first = new OperationId(0x0123_4567_89ab_4dedL, 0x8000_0000_0000_0003L);
        OperationId second = new OperationId(0x0123_4567_89ab_4decL, 0x8000_0000_0000_0004L);
        AppOperation suspend = new AppOperation.Suspend(app, OpSpec.DEFAULT);
        return List.of(
                new Change.OperationStarted(first, suspend, List.of(), 2, AT),
                new Change.OperationEnded(first, app, OperationState.SUCCEEDED, "", AT, new OperationCounts(2, 1, 0)),
                new Change.OperationStarted(second, suspend, List.of(), 2, AT));
    }
}
