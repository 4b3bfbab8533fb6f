package io.drove.core.agent;

import io.drove.model.app.AppSpec;
import io.drove.model.app.JobType;
import io.drove.model.check.CheckMode;
import io.drove.model.check.CheckSpec;
import io.drove.model.check.HttpScheme;
import io.drove.model.check.HttpVerb;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.PortSpec;
import io.drove.model.container.PortType;
import io.drove.model.container.PullPolicy;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.Transport;
import io.drove.model.id.ClusterId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.resource.Allocation;
import io.drove.model.resource.CoreSet;
import io.drove.model.resource.ResourceRequirement;
import io.drove.model.session.ToController;
import io.drove.model.session.ToExecutor;
import io.drove.model.time.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An agent with hands: gives it inputs by name, keeps its effects, and holds the time. */
final class AgentRig {
    static final ClusterId CLUSTER = new ClusterId("c1");
    static final long SECOND = 1_000_000_000L;

    final Agent agent;
    final List<Effect> effects = new ArrayList<>();
    List<Effect> last = List.of();
    long now = 100 * SECOND;
    long connection;
    long sequence = 1;
    long order;
    PreShutdownSpec preShutdown = PreShutdownSpec.NONE;
    CheckSpec readiness = ready(3, 0);
    CheckSpec health = check(3, 0);

    AgentRig() {
        this(new PortRange(20_000, 20_009), CLUSTER, 5);
    }

    AgentRig(PortRange ports, @Nullable ClusterId cluster, long epoch) {
        this(ports, cluster, epoch, true);
    }

    private AgentRig(PortRange ports, @Nullable ClusterId cluster, long epoch, boolean keepsImages) {
        agent = new Agent(new AgentSettings(
                new ExecutorId("e1"),
                cluster,
                epoch,
                "test",
                new ExecutorInventory("host1", 11_000, Transport.HTTP, new TreeSet<>(), List.of(), Map.of()),
                "digest",
                Map.of("FROM_HOST", "host value"),
                ports,
                keepsImages,
                7,
                AgentLimits.DEFAULT));
    }

    static AgentRig thatKeepsNoImages() {
        return new AgentRig(new PortRange(20_000, 20_009), CLUSTER, 5, false);
    }

    static CheckSpec check(int attempts, int initialDelaySeconds) {
        return check("/", attempts, initialDelaySeconds);
    }

    /** Of another page than {@link #check(int, int)}. */
    static CheckSpec ready(int attempts, int initialDelaySeconds) {
        return check("/ready", attempts, initialDelaySeconds);
    }

    private static CheckSpec check(String path, int attempts, int initialDelaySeconds) {
        return new CheckSpec(
                new CheckMode.Http(
                        HttpScheme.HTTP,
                        "main",
                        path,
                        HttpVerb.GET,
                        new TreeSet<>(List.of(200)),
                        "",
                        TimeSpan.ofSeconds(1),
                        false),
                TimeSpan.ofSeconds(1),
                TimeSpan.ofSeconds(10),
                attempts,
                TimeSpan.ofSeconds(initialDelaySeconds));
    }

    static PreShutdownSpec hooks(int count, int waitSeconds) {
        List<CheckMode> hooks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hooks.add(new CheckMode.Command("bye " + i, false));
        }
        return new PreShutdownSpec(hooks, TimeSpan.ofSeconds(waitSeconds));
    }

    static InstanceId id(int number) {
        return new InstanceId(InstanceId.Kind.APP, 0, number);
    }

    AppSpec spec() {
        return new AppSpec(
                "web",
                "1",
                new Executable.Docker("img:1", TimeSpan.ofSeconds(100), PullPolicy.BY_TAG),
                List.of(new PortSpec("main", 8080, PortType.HTTP)),
                List.of(),
                List.of(),
                JobType.SERVICE,
                LoggingSpec.DEFAULT,
                List.of(new ResourceRequirement.Cpu(1), new ResourceRequirement.Memory(64)),
                new PlacementPolicy.Any(),
                health,
                readiness,
                Map.of(),
                Map.of("FROM_HOST", "", "MISSING", "", "X", "y"),
                List.of(),
                List.of(),
                null,
                preShutdown,
                null,
                List.of());
    }

    List<Effect> give(AgentInput input) {
        last = agent.handle(input, now, 1_700_000_000_000L + now / 1_000_000);
        effects.addAll(last);
        return last;
    }

    /** Lets time pass, deadline by deadline. */
    void pass(Duration length) {
        long end = now + length.toNanos();
        List<Effect> all = new ArrayList<>();
        while (agent.nextDeadline() <= end) {
            now = Math.max(now, agent.nextDeadline());
            all.addAll(give(new AgentInput.TimePassed()));
        }
        now = end;
        last = all;
    }

    void began(FoundContainer... found) {
        give(new AgentInput.Began(List.of(found)));
    }

    /** Dial, connect, welcome: a session of epoch 5 stands and took all frames. */
    AgentRig open() {
        return open(5);
    }

    AgentRig open(long epoch) {
        began();
        connect();
        receive(new ToExecutor.Welcome(CLUSTER, epoch, false));
        if (lastOf(Effect.Persist.class) != null) {
            give(new AgentInput.Persisted(CLUSTER, epoch));
        }
        return this;
    }

    void connect() {
        while (true) {
            Effect.Dial dial = lastOf(Effect.Dial.class);
            if (dial != null && dial.connection() != connection) {
                connection = dial.connection();
                sequence = 1;
                break;
            }
            now = Math.max(now, agent.nextDeadline());
            give(new AgentInput.TimePassed());
        }
        give(new AgentInput.Connected(connection));
    }

    List<Effect> receive(ToExecutor frame) {
        return give(new AgentInput.Received(connection, sequence++, frame));
    }

    /** Tells the agent that the connection took everything so far, until nothing more comes. */
    void drain() {
        List<Effect> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            all.addAll(give(new AgentInput.Sent(connection)));
        }
        last = all;
    }

    List<Effect> start(int number) {
        receive(new ToExecutor.Spec("s", spec()));
        return receive(new ToExecutor.Start(
                ++order, agent.status().highestEpoch(), id(number), spec().id(), "s", cores(number), "secret-token"));
    }

    static Allocation cores(int number) {
        return new Allocation(0, CoreSet.of(number), 64);
    }

    List<Effect> stop(int number) {
        return receive(new ToExecutor.Stop(++order, agent.status().highestEpoch(), id(number), "scaled down"));
    }

    /** Answers the last call of that instance. */
    List<Effect> answer(int number, Outcome outcome) {
        return give(new AgentInput.Done(id(number), lastCall(number), outcome));
    }

    AgentRig unready(int number) {
        start(number);
        answer(number, new Outcome.Pulled(""));
        answer(number, new Outcome.Created("web-1-" + id(number)));
        answer(number, new Outcome.Started());
        return this;
    }

    AgentRig healthy(int number) {
        unready(number);
        answer(number, new Outcome.Passed());
        answer(number, new Outcome.Passed());
        return this;
    }

    long lastCall(int number) {
        long call = 0;
        for (Effect effect : effects) {
            call = callOf(effect, id(number), call);
        }
        return call;
    }

    private static long callOf(Effect effect, InstanceId id, long otherwise) {
        return switch (effect) {
            case Effect.Pull e when e.instance().equals(id) -> e.call();
            case Effect.Create e when e.instance().equals(id) -> e.call();
            case Effect.StartContainer e when e.instance().equals(id) -> e.call();
            case Effect.RunCheck e when e.instance().equals(id) -> e.call();
            case Effect.RunHook e when e.instance().equals(id) -> e.call();
            case Effect.StopContainer e when e.instance().equals(id) -> e.call();
            case Effect.RemoveContainer e when e.instance().equals(id) && e.call() != 0 -> e.call();
            default -> otherwise;
        };
    }

    InstanceReport report(int number) {
        return agent.reports().stream()
                .filter(report -> report.id().equals(id(number)))
                .findFirst()
                .orElseThrow();
    }

    <T extends Effect> @Nullable T lastOf(Class<T> type) {
        T found = null;
        for (Effect effect : effects) {
            found = type.isInstance(effect) ? type.cast(effect) : found;
        }
        return found;
    }

    /** The effects of that kind in the last step. */
    <T extends Effect> List<T> now(Class<T> type) {
        return last.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The frames of that kind sent in the last step. */
    <T extends ToController> List<T> told(Class<T> type) {
        return now(Effect.Send.class).stream()
                .map(Effect.Send::frame)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
