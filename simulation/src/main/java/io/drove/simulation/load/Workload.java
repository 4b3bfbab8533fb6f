package io.drove.simulation.load;

import io.drove.controller.loop.Unavailable;
import io.drove.core.contract.Reply;
import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Phase;
import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.FailureStrategy;
import io.drove.model.app.JobType;
import io.drove.model.app.OpSpec;
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
import io.drove.model.id.AppId;
import io.drove.model.id.InstanceId;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPolicy.Composite.Combiner;
import io.drove.model.placement.PlacementPreference;
import io.drove.model.resource.ResourceRequirement;
import io.drove.model.time.TimeSpan;
import io.drove.simulation.node.ControllerNode;
import io.drove.simulation.node.SimulatedCluster;
import io.drove.simulation.time.Dice;
import io.drove.simulation.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Clients that create, scale, replace, stop and destroy apps, and ask again when they get no answer. */
public final class Workload {
    private static final int APPS = 6;
    private static final int TRIES = 6;
    private static final int POLICY_DEPTH = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SimulatedCluster cluster;
    private final Timeline timeline;
    private final Dice dice;
    private final Duration pauseMax;
    private boolean isOver;
    private int waiting;
    private int asked;
    private int accepted;
    private int refused;

    /** {@code pauseMax} is the longest time between two operations. */
    public Workload(SimulatedCluster cluster, Dice dice, Duration pauseMax) {
        this.cluster = cluster;
        this.timeline = cluster.timeline();
        this.dice = dice;
        this.pauseMax = pauseMax;
    }

    /** One of the apps that there may be. */
    static AppId appId(Dice dice) {
        return AppId.of("app" + dice.between(1, APPS), "1");
    }

    public void begin() {
        timeline.after(dice.between(Duration.ofMillis(50), pauseMax), () -> {
            if (!isOver) {
                operate();
                begin();
            }
        });
    }

    /** No new operations; what was asked is asked again until it is answered. */
    public void end() {
        isOver = true;
    }

    /** Whether nobody waits for an answer any more. */
    public boolean isQuiet() {
        return waiting == 0;
    }

    public int asked() {
        return asked;
    }

    public int accepted() {
        return accepted;
    }

    public int refused() {
        return refused;
    }

    private void operate() {
        ControllerNode leader = cluster.leader();
        ClusterState state = leader == null ? null : leader.published();
        AppId id = appId(dice);
        AppRecord app = state == null ? null : state.durable().app(id);
        asked++;
        if (app != null && dice.chance(0.1)) {
            cancel(id);
        } else {
            waiting++;
            ask(operation(id, app), 1);
        }
    }

    private AppOperation operation(AppId id, @Nullable AppRecord app) {
        if (app == null) {
            return new AppOperation.Create(spec(id), dice.between(0, 6), opSpec());
        }
        return switch (dice.between(0, 13)) {
            case 0, 1, 2, 3 -> new AppOperation.Scale(id, dice.between(0, 8), opSpec());
            case 4, 5 -> new AppOperation.StartInstances(id, dice.between(1, 3), opSpec());
            case 6, 7 -> new AppOperation.ReplaceInstances(id, List.of(), dice.chance(0.4), opSpec());
            case 8 -> new AppOperation.ReplaceInstances(id, some(app), dice.chance(0.4), opSpec());
            case 9, 10 -> new AppOperation.StopInstances(id, some(app), dice.chance(0.5), opSpec());
            case 11 -> new AppOperation.Suspend(id, opSpec());
            case 12 -> new AppOperation.Recover(id);
            default -> new AppOperation.Destroy(id, opSpec());
        };
    }

    private List<String> some(AppRecord app) {
        List<InstanceId> ids = new ArrayList<>();
        for (InstanceRecord instance : app.instances().values().toJavaList()) {
            if (instance.phase() == Phase.HEALTHY || dice.chance(0.1)) {
                ids.add(instance.id());
            }
        }
        ids.sort(null);
        return ids.stream().limit(dice.between(1, 3)).map(InstanceId::toString).toList();
    }

    private OpSpec opSpec() {
        return new OpSpec(
                TimeSpan.ofSeconds(dice.between(20, 90)),
                dice.between(1, 4),
                dice.chance(0.5) ? FailureStrategy.STOP : FailureStrategy.ROLLBACK);
    }

    private AppSpec spec(AppId id) {
        List<PortSpec> ports = new ArrayList<>();
        for (int i = 0; i < dice.between(1, 2); i++) {
            ports.add(new PortSpec("port" + i, 8_080 + i, PortType.HTTP));
        }
        String name = id.value().substring(0, id.value().indexOf('-'));
        return new AppSpec(
                name,
                "1",
                new Executable.Docker(id.value(), TimeSpan.ofSeconds(100), PullPolicy.BY_TAG),
                ports,
                List.of(),
                List.of(),
                JobType.SERVICE,
                LoggingSpec.DEFAULT,
                List.of(
                        new ResourceRequirement.Cpu(dice.between(1, 3)),
                        new ResourceRequirement.Memory(dice.between(1, 4) * 512L)),
                policy(0),
                check(),
                check(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                dice.chance(0.4)
                        ? new PreShutdownSpec(
                                List.of(new CheckMode.Command("bye", false)), TimeSpan.ofSeconds(dice.between(0, 8)))
                        : PreShutdownSpec.NONE,
                null,
                preferences());
    }

    /** Any in most cases; some are put together of others, which may be put together too. */
    private PlacementPolicy policy(int depth) {
        return switch (dice.between(0, 11)) {
            case 0 -> new PlacementPolicy.OnePerHost();
            case 1 -> new PlacementPolicy.MaxPerHost(dice.between(1, 3));
            case 2 -> new PlacementPolicy.MatchTag("host-" + dice.between(0, 3));
            case 3 -> new PlacementPolicy.MatchTag("gpu");
            case 4 -> new PlacementPolicy.NoTag();
            case 5, 6, 7 -> depth < POLICY_DEPTH ? composite(depth + 1) : new PlacementPolicy.Any();
            default -> new PlacementPolicy.Any();
        };
    }

    private PlacementPolicy composite(int depth) {
        List<PlacementPolicy> parts = new ArrayList<>();
        int count = dice.between(1, 3);
        for (int i = 0; i < count; i++) {
            parts.add(policy(depth));
        }
        return new PlacementPolicy.Composite(parts, dice.chance(0.5) ? Combiner.AND : Combiner.OR);
    }

    /** What an app would like and need not get. */
    private List<PlacementPreference> preferences() {
        List<PlacementPreference> all = new ArrayList<>();
        if (dice.chance(0.2)) {
            all.add(new PlacementPreference.SpreadOver("rack"));
        }
        if (dice.chance(0.2)) {
            all.add(new PlacementPreference.AwayFrom(List.of("app" + dice.between(1, APPS))));
        }
        return all;
    }

    private CheckSpec check() {
        CheckMode mode = dice.chance(0.7)
                ? new CheckMode.Http(
                        HttpScheme.HTTP,
                        "port0",
                        "/",
                        HttpVerb.GET,
                        new TreeSet<>(List.of(200)),
                        "",
                        TimeSpan.ofSeconds(1),
                        false)
                : new CheckMode.Command("true", false);
        return new CheckSpec(
                mode,
                TimeSpan.ofSeconds(1),
                TimeSpan.ofSeconds(dice.between(3, 15)),
                dice.between(1, 3),
                TimeSpan.ofSeconds(dice.between(0, 2)));
    }

    private ControllerNode someController() {
        ControllerNode leader = cluster.leader();
        return leader != null && dice.chance(0.8) ? leader : dice.of(cluster.controllers());
    }

    /** Sends an operation to some controller; asks again, perhaps another one, when there is no answer or no leader. */
    private void ask(AppOperation operation, int attempt) {
        boolean[] isAnswered = {false};
        ControllerNode target = someController();
        timeline.tell("client asks", target.process().name(), describe(operation));
        timeline.after(
                dice.millis(0, 50),
                () -> target.process()
                        .reach(() -> target.ask(
                                operation,
                                (reply, unavailable) -> timeline.after(dice.millis(0, 50), () -> {
                                    if (!isAnswered[0]) {
                                        isAnswered[0] = true;
                                        answered(operation, attempt, reply, unavailable);
                                    }
                                }))));
        timeline.after(PATIENCE.toNanos(), () -> {
            if (!isAnswered[0]) {
                isAnswered[0] = true;
                again(operation, attempt);
            }
        });
    }

    private void answered(
            AppOperation operation, int attempt, @Nullable Reply reply, @Nullable Unavailable unavailable) {
        if (unavailable != null) {
            again(operation, attempt);
        } else {
            waiting--;
            accepted += reply instanceof Reply.Accepted ? 1 : 0;
            refused += reply instanceof Reply.Accepted ? 0 : 1;
        }
    }

    private void again(AppOperation operation, int attempt) {
        if (attempt == TRIES || isOver) {
            waiting--;
        } else {
            timeline.after(
                    dice.between(Duration.ofMillis(100), Duration.ofSeconds(3)), () -> ask(operation, attempt + 1));
        }
    }

    private void cancel(AppId app) {
        ControllerNode target = someController();
        timeline.tell("client cancels", target.process().name(), app);
        timeline.after(dice.millis(0, 50), () -> target.process().reach(() -> target.cancel(app, (_, _) -> {})));
    }

    private static String describe(AppOperation operation) {
        return switch (operation) {
            case AppOperation.Create create ->
                "create " + create.appId() + " x" + create.instances() + " cores "
                        + create.spec().cores() + " " + create.spec().placementPolicy();
            case AppOperation.Destroy _,
                    AppOperation.StartInstances _,
                    AppOperation.StopInstances _,
                    AppOperation.Scale _,
                    AppOperation.ReplaceInstances _,
                    AppOperation.Suspend _,
                    AppOperation.Recover _ -> operation.toString();
        };
    }
}
