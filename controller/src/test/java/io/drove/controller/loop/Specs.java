package io.drove.controller.loop;

import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.FailureStrategy;
import io.drove.model.app.JobType;
import io.drove.model.app.OpSpec;
import io.drove.model.check.CheckMode;
import io.drove.model.check.CheckSpec;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.PortSpec;
import io.drove.model.container.PortType;
import io.drove.model.container.PullPolicy;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.NumaNode;
import io.drove.model.executor.Transport;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.resource.CoreSet;
import io.drove.model.resource.ResourceRequirement;
import io.drove.model.time.TimeSpan;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Small specs and inventories. */
public final class Specs {
    private Specs() {}

    /** An app of one core and 128 MB an instance. */
    public static AppSpec app(String name) {
        CheckSpec check = new CheckSpec(
                new CheckMode.Command("true", false),
                TimeSpan.ofSeconds(1),
                TimeSpan.ofSeconds(1),
                3,
                TimeSpan.ofSeconds(0));
        return new AppSpec(
                name,
                "1",
                new Executable.Docker("hello:1", TimeSpan.ofSeconds(10), PullPolicy.BY_TAG),
                List.of(new PortSpec("main", 8080, PortType.HTTP)),
                List.of(),
                List.of(),
                JobType.SERVICE,
                LoggingSpec.DEFAULT,
                List.of(new ResourceRequirement.Cpu(1), new ResourceRequirement.Memory(128)),
                new PlacementPolicy.Any(),
                check,
                check,
                Map.of(),
                Map.of("KEY", "value"),
                List.of(),
                List.of(),
                null,
                PreShutdownSpec.NONE,
                null,
                List.of());
    }

    public static AppOperation.Create create(String name, int instances) {
        return new AppOperation.Create(app(name), instances, OpSpec.DEFAULT);
    }

    /** The same with so many starts at once. */
    public static AppOperation.Create create(String name, int instances, int parallelism) {
        return new AppOperation.Create(
                app(name), instances, new OpSpec(TimeSpan.ofSeconds(300), parallelism, FailureStrategy.STOP));
    }

    /** An executor with one NUMA node. */
    public static ExecutorInventory inventory(String hostname, int cores) {
        CoreSet all = CoreSet.of(IntStream.range(0, cores).toArray());
        return new ExecutorInventory(
                hostname,
                11_000,
                Transport.HTTP,
                new TreeSet<>(),
                List.of(new NumaNode(0, all, 65_536, all, 65_536)),
                Map.of());
    }
}
