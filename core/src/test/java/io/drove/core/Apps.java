package io.drove.core;

import io.drove.model.app.AppSpec;
import io.drove.model.app.ExposureSpec;
import io.drove.model.app.JobType;
import io.drove.model.check.CheckMode;
import io.drove.model.check.CheckSpec;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.PortSpec;
import io.drove.model.container.PortType;
import io.drove.model.container.PullPolicy;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPreference;
import io.drove.model.resource.ResourceRequirement;
import io.drove.model.time.TimeSpan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Specs of which a test names only what matters. */
public record Apps(
        String name,
        int cores,
        long memory,
        PlacementPolicy policy,
        List<PlacementPreference> preferences,
        CheckSpec check,
        @Nullable ExposureSpec exposure) {
    public static Apps app(String name) {
        return new Apps(name, 1, 64, new PlacementPolicy.Any(), List.of(), check(TimeSpan.ofSeconds(1), 3), null);
    }

    public Apps cores(int count) {
        return new Apps(name, count, memory, policy, preferences, check, exposure);
    }

    public Apps memory(long megabytes) {
        return new Apps(name, cores, megabytes, policy, preferences, check, exposure);
    }

    public Apps placed(PlacementPolicy where) {
        return new Apps(name, cores, memory, where, preferences, check, exposure);
    }

    public Apps preferring(PlacementPreference... what) {
        return new Apps(name, cores, memory, policy, List.of(what), check, exposure);
    }

    /** With checks that take so long, and are that far apart. */
    public Apps checkedEvery(TimeSpan span, int attempts) {
        return new Apps(name, cores, memory, policy, preferences, check(span, attempts), exposure);
    }

    public Apps exposedAs(String host) {
        ExposureSpec there = new ExposureSpec(host, "main", ExposureSpec.Mode.ALL);
        return new Apps(name, cores, memory, policy, preferences, check, there);
    }

    private static CheckSpec check(TimeSpan span, int attempts) {
        return new CheckSpec(new CheckMode.Command("true", false), span, span, attempts, TimeSpan.ofSeconds(0));
    }

    public AppSpec spec() {
        return spec("1");
    }

    public AppSpec spec(String version) {
        return new AppSpec(
                name,
                version,
                new Executable.Docker("hello:1", TimeSpan.ofSeconds(10), PullPolicy.BY_TAG),
                List.of(new PortSpec("main", 8000, PortType.HTTP)),
                List.of(),
                List.of(),
                JobType.SERVICE,
                LoggingSpec.DEFAULT,
                List.of(new ResourceRequirement.Cpu(cores), new ResourceRequirement.Memory(memory)),
                policy,
                check,
                check,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                exposure,
                PreShutdownSpec.NONE,
                null,
                preferences);
    }
}
