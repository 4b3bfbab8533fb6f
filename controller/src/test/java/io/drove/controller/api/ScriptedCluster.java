package io.drove.controller.api;

import io.drove.controller.feed.EventFeed;
import io.drove.controller.feed.FeedLimits;
import io.drove.core.contract.Command;
import io.drove.core.contract.Input;
import io.drove.core.contract.Now;
import io.drove.core.contract.Reply;
import io.drove.core.contract.Seed;
import io.drove.core.contract.SessionId;
import io.drove.core.planner.Decision;
import io.drove.core.planner.Planner;
import io.drove.core.state.ClusterState;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Limits;
import io.drove.core.state.Phase;
import io.drove.model.app.AppOperation;
import io.drove.model.container.PortType;
import io.drove.model.executor.ExecutorInventory;
import io.drove.model.executor.NumaNode;
import io.drove.model.executor.Transport;
import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.instance.InstanceReport;
import io.drove.model.instance.InstanceState;
import io.drove.model.instance.PortBinding;
import io.drove.model.resource.CoreSet;
import io.drove.platform.time.Clock;
import io.drove.platform.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A cluster that decides with the real planner, and whose executors and time the test moves. */
final class ScriptedCluster implements Cluster, Clock {
    static final long BEGIN = 1_795_401_648_000L;

    final EventFeed feed;
    final List<Command> commands = new ArrayList<>();
    boolean leads = true;
    /** What the next question gets instead of a decision. */
    CompletionStage<Reply> instead = CompletableFuture.failedStage(new IllegalStateException("not set"));

    boolean isInstead;
    /** Apps whose questions get that, if not all do. */
    Predicate<AppId> isOfThese = _ -> true;
    /** What was asked for, in order. */
    final List<AppOperation> asked = new ArrayList<>();

    private final Planner planner = new Planner();
    private ClusterState state = ClusterState.empty(Limits.DEFAULT);
    private long nanos;
    private long seeds;
    private int ports = 30_000;

    ScriptedCluster() {
        feed = new EventFeed(
                "localhost", this, () -> new io.drove.platform.id.Seed(++seeds, ~seeds), FeedLimits.DEFAULT);
        decide(new Input.LeadershipBegun(seed(), 1));
    }

    /** A machine with one NUMA node and 20,488 MB. */
    static ExecutorInventory inventory(String hostname, int cores) {
        CoreSet all = CoreSet.of(IntStream.range(0, cores).toArray());
        NumaNode node = new NumaNode(0, all, 20_488, all, 20_488);
        return new ExecutorInventory(hostname, 3_000, Transport.HTTP, new TreeSet<>(), List.of(node), Map.of());
    }

    @Override
    public synchronized Moment read() {
        return new Moment(nanos, BEGIN + nanos / 1_000_000);
    }

    @Override
    public synchronized CompletionStage<Reply> ask(AppOperation operation) {
        asked.add(operation);
        return isInstead && isOfThese.test(operation.appId())
                ? instead
                : CompletableFuture.completedStage(decide(new Input.OperationAsked(seed(), operation)));
    }

    @Override
    public synchronized CompletionStage<Reply> cancel(AppId app) {
        return isInstead ? instead : CompletableFuture.completedStage(decide(new Input.CancelAsked(seed(), app)));
    }

    @Override
    public synchronized ClusterState published() {
        return state;
    }

    @Override
    public boolean isLeading() {
        return leads;
    }

    /** Time goes by, in steps that no one takes for a pause; connected executors are heard. */
    synchronized void pass(Duration time, ExecutorId... heard) {
        long end = nanos + time.toNanos();
        while (nanos < end) {
            nanos = Math.min(end, nanos + 1_000_000_000L);
            decide(new Input.ExecutorsHeard(seed(), List.of(heard)));
        }
    }

    synchronized ExecutorId executor(ExecutorInventory inventory) {
        ExecutorId id = ExecutorId.of(inventory.hostname(), inventory.port());
        SessionId session = new SessionId(1);
        decide(new Input.ExecutorConnected(seed(), id, session, "digest", inventory));
        decide(new Input.InstancesListed(seed(), id, session, List.of()));
        return id;
    }

    synchronized void disconnect(ExecutorId id) {
        decide(new Input.ExecutorDisconnected(seed(), id, new SessionId(1), false));
    }

    /** Brings every instance that starts to HEALTHY, and every one that stops to its end, until all is quiet. */
    synchronized void settle() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (InstanceRecord instance : instances()) {
                nanos += 1_000_000;
                if (instance.phase() == Phase.COMING) {
                    report(instance, InstanceState.HEALTHY, "");
                    moved = true;
                } else if (instance.phase() == Phase.STOPPING) {
                    report(instance, InstanceState.STOPPED, "");
                    moved = true;
                }
            }
        }
    }

    List<InstanceRecord> instances() {
        return state.durable()
                .apps()
                .values()
                .flatMap(app -> app.instances().values())
                .toVector()
                .sortBy(InstanceRecord::id)
                .toJavaList();
    }

    synchronized void report(InstanceRecord instance, InstanceState to, String error) {
        boolean isUp = to == InstanceState.HEALTHY;
        List<PortBinding> bound =
                isUp ? List.of(new PortBinding("main", 8000, ports++, PortType.HTTP)) : instance.ports();
        decide(new Input.InstancesReported(
                seed(),
                instance.executor(),
                new SessionId(1),
                List.of(new InstanceReport(instance.id(), instance.app(), to, bound, error, read().wallMillis()))));
    }

    InstanceId anInstance() {
        return instances().getFirst().id();
    }

    private Reply decide(Input input) {
        Decision decision = planner.decide(state, input, new Now(nanos, read().wallMillis()));
        Reply reply = decision.reply();
        take(decision);
        while (decision.more()) {
            decision = planner.decide(state, new Input.TimePassed(seed()), new Now(nanos, read().wallMillis()));
            take(decision);
        }
        return reply == null ? new Reply.Refused(List.of()) : reply;
    }

    private void take(Decision decision) {
        state = decision.next();
        commands.addAll(decision.commands());
        feed.publish(state, decision.happenings(), read().wallMillis());
    }

    private Seed seed() {
        return new Seed(++seeds, 7);
    }
}
