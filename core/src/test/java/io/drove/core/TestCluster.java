package io.drove.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.drove.core.contract.Change;
import io.drove.core.contract.Command;
import io.drove.core.contract.Happening;
import io.drove.core.contract.Input;
import io.drove.core.contract.Now;
import io.drove.core.contract.Reply;
import io.drove.core.contract.Seed;
import io.drove.core.contract.SessionId;
import io.drove.core.planner.Decision;
import io.drove.core.planner.Planner;
import io.drove.core.state.AppRecord;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Durable;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Limits;
import io.drove.core.state.OperationRecord;
import io.drove.core.state.Phase;
import io.drove.core.state.SpecSize;
import io.drove.model.app.AppOperation;
import io.drove.model.app.FailureStrategy;
import io.drove.model.app.OpSpec;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.NumaNode;
import io.drove.model.executor.Transport;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.resource.CoreSet;
import io.drove.model.time.TimeSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in a test's hands: the real planner, a clock that only the test moves, and executors that do what they are told when the test says so. After each decision
 * the changes are applied to a second durable state, which must stay equal.
 */
public final class TestCluster {
    private final Planner planner = new Planner();
    private final List<Change> changes = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final Map<ExecutorId, SessionId> sessions = new HashMap<>();
    private final Limits limits;
    private ClusterState state;
    private Durable replayed = Durable.empty();
    private long nanos;
    private long seed = 1;
    private long epoch;
    private int smallestHealthy = Integer.MAX_VALUE;

    public TestCluster() {
        this(Limits.DEFAULT);
    }

    public TestCluster(Limits limits) {
        this.limits = limits;
        this.state = ClusterState.empty(limits);
        lead();
    }

    /** A leader of the next epoch begins on what the journal holds. */
    public void lead() {
        state = ClusterState.recovered(replayed, limits);
        nanos = 0;
        sessions.clear();
        epoch++;
        take(new Input.LeadershipBegun(nextSeed(), epoch));
    }

    public ExecutorId executor(String host, int... coresPerNode) {
        return executor(host, List.of(), coresPerNode);
    }

    public ExecutorId executor(String host, List<String> tags, int... coresPerNode) {
        List<NumaNode> nodes = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < coresPerNode.length; i++) {
            CoreSet cores =
                    CoreSet.of(IntStream.range(first, first + coresPerNode[i]).toArray());
            first += coresPerNode[i];
            nodes.add(new NumaNode(i, cores, 10_000, cores, 10_000));
        }
        ExecutorId id = ExecutorId.of(host, 11000);
        connect(id, new ExecutorInventory(host, 11000, Transport.HTTP, new TreeSet<>(tags), nodes, Map.of()));
        list(id, List.of());
        return id;
    }

    public void connect(ExecutorId id, @Nullable ExecutorInventory inventory) {
        SessionId session = new SessionId(++seed);
        sessions.put(id, session);
        take(new Input.ExecutorConnected(nextSeed(), id, session, "digest", inventory));
    }

    public void list(ExecutorId id, List<InstanceReport> reports) {
        take(new Input.InstancesListed(nextSeed(), id, session(id), reports));
    }

    public void disconnect(ExecutorId id, boolean announced) {
        take(new Input.ExecutorDisconnected(nextSeed(), id, session(id), announced));
    }

    public Reply ask(AppOperation operation) {
        return requireNonNull(take(new Input.OperationAsked(nextSeed(), operation)));
    }

    public OperationId accepted(AppOperation operation) {
        Reply reply = ask(operation);
        assertThat(reply).isInstanceOf(Reply.Accepted.class);
        return ((Reply.Accepted) reply).operation();
    }

    public Reply cancel(AppId app) {
        return requireNonNull(take(new Input.CancelAsked(nextSeed(), app)));
    }

    public AppId create(Apps app, int instances) {
        accepted(new AppOperation.Create(app.spec(), instances, ops(16)));
        return app.spec().id();
    }

    public static OpSpec ops(int parallelism) {
        return new OpSpec(TimeSpan.ofSeconds(60), parallelism, FailureStrategy.STOP);
    }

    public void report(InstanceRecord instance, InstanceState to, String error) {
        take(new Input.InstancesReported(
                nextSeed(),
                instance.executor(),
                session(instance.executor()),
                List.of(new InstanceReport(instance.id(), instance.app(), to, List.of(), error, 1))));
    }

    /** The oldest command is obeyed at once: a start becomes healthy, a stop ends. Says whether there was one. */
    public boolean obeyNext() {
        if (commands.isEmpty()) {
            return false;
        }
        Command command = commands.removeFirst();
        if (!sessions.containsKey(command.executor())) {
            return true;
        }
        InstanceState to = switch (command) {
            case Command.Start _ -> InstanceState.HEALTHY;
            case Command.Stop _ -> InstanceState.STOPPED;
            case Command.Forget _ -> InstanceState.UNKNOWN;
        };
        if (to != InstanceState.UNKNOWN) {
            find(command.instance()).forEach(instance -> report(instance, to, ""));
        }
        return true;
    }

    public void obeyAll() {
        for (int i = 0; obeyNext(); i++) {
            assertThat(i).as("commands without end").isLessThan(100_000);
        }
    }

    /** Time passes, in steps of half a second in which every connected executor is heard of. */
    public void pass(long seconds) {
        for (long i = 0; i < seconds * 2; i++) {
            nanos += TimeSpan.ofMillis(500).toNanos();
            take(new Input.ExecutorsHeard(
                    nextSeed(), sessions.keySet().stream().sorted().toList()));
        }
    }

    /** This executor is not heard of any more. */
    public void silence(ExecutorId executor) {
        sessions.remove(executor);
    }

    /** We ourselves stand still for that long. */
    public void pause(long seconds) {
        nanos += TimeSpan.ofSeconds(seconds).toNanos();
        take(new Input.TimePassed(nextSeed()));
    }

    /** What executors told has waited for long. */
    public void fallBehind() {
        take(new Input.FellBehind(nextSeed()));
    }

    public ClusterState state() {
        return state;
    }

    public AppRecord app(AppId id) {
        return requireNonNull(state.durable().app(id));
    }

    public OperationRecord operation(OperationId id) {
        return state.durable().operations().get(id).get();
    }

    public OperationRecord.Ended ended(OperationId id) {
        assertThat(operation(id)).isInstanceOf(OperationRecord.Ended.class);
        return (OperationRecord.Ended) operation(id);
    }

    public List<InstanceRecord> instances(AppId app, Phase phase) {
        return app(app).instances()
                .values()
                .filter(instance -> instance.phase() == phase)
                .toJavaStream()
                .sorted(java.util.Comparator.comparing(InstanceRecord::id))
                .toList();
    }

    public List<Command> commands() {
        return commands;
    }

    public List<Change> changes() {
        return changes;
    }

    public List<Happening> happenings() {
        return happenings;
    }

    /** From now on, remember the lowest number of healthy instances of that app. */
    public void watchHealthy() {
        smallestHealthy = Integer.MAX_VALUE;
    }

    public int smallestHealthy() {
        return smallestHealthy;
    }

    private List<InstanceRecord> find(InstanceId id) {
        return state.durable()
                .apps()
                .values()
                .toJavaStream()
                .flatMap(app -> app.instances().get(id).toJavaStream())
                .toList();
    }

    private SessionId session(ExecutorId id) {
        return sessions.getOrDefault(id, new SessionId(-1));
    }

    private Seed nextSeed() {
        seed++;
        return new Seed(seed, ~seed);
    }

    private @Nullable Reply take(Input input) {
        Decision decision = decide(input);
        Reply reply = decision.reply();
        for (int i = 0; decision.more(); i++) {
            assertThat(i).as("more without end").isLessThan(10_000);
            decision = decide(new Input.TimePassed(nextSeed()));
        }
        return reply;
    }

    private Decision decide(Input input) {
        Decision decision = planner.decide(state, input, new Now(nanos, 1_700_000_000_000L + nanos / 1_000_000));
        state = decision.next();
        changes.addAll(decision.changes());
        commands.addAll(decision.commands());
        happenings.addAll(decision.happenings());
        for (Change change : decision.changes()) {
            replayed = replayed.apply(change, limits);
        }
        assertThat(replayed).isEqualTo(state.durable());
        assertThat(state.durable().specBytes())
                .isEqualTo(state.durable()
                        .apps()
                        .values()
                        .toJavaStream()
                        .mapToLong(app -> SpecSize.bytes(app.spec()))
                        .sum());
        state.durable()
                .apps()
                .values()
                .forEach(app ->
                        smallestHealthy = Math.min(smallestHealthy, app.counts().healthy()));
        return decision;
    }
}
