package io.drove.simulation.invariant;

import io.drove.controller.journal.Batch;
import io.drove.controller.journal.BatchCodec;
import io.drove.core.contract.Change;
import io.drove.core.contract.Reply;
import io.drove.core.state.Durable;
import io.drove.core.state.InstanceRecord;
import io.drove.core.state.Limits;
import io.drove.core.state.OperationRecord;
import io.drove.core.state.Phase;
import io.drove.model.app.AppOperation;
import io.drove.model.id.AppId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;
import io.drove.simulation.engine.EngineWatcher;
import io.drove.simulation.engine.SimulatedContainer;
import io.drove.simulation.engine.SimulatedEngine;
import io.drove.simulation.journal.JournalGroup;
import io.drove.simulation.node.NodeWatcher;
import io.drove.simulation.time.Timeline;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches everything and knows the truth: what is committed, and what really runs. Checks each invariant at the only moments at which it can break. Keeps the first violation: what comes after it may be its
 * consequence.
 */
public final class Referee implements JournalGroup.Watcher, EngineWatcher, NodeWatcher {
    /** Who is further behind than this is compared when it has caught up. */
    private static final int TRUTHS_KEPT = 2_000;

    private final Timeline timeline;
    private final Limits limits = Limits.DEFAULT;
    private final BatchCodec batches = new BatchCodec();
    private final BookKeeping books = new BookKeeping(this);
    private final Set<InstanceId> named = new HashSet<>();
    private final Map<OperationId, AppOperation> accepted = new HashMap<>();
    private final Set<OperationId> ended = new HashSet<>();
    private final Map<Long, String> servingBy = new HashMap<>();
    /** The truth after each of the last batches, by its number: controllers come there later. */
    private final Map<Long, Durable> truths = new HashMap<>();

    private Durable truth = Durable.empty();
    private long sequence;
    private int skipped;
    private int placed;
    private int lostForNothing;
    private String lastMove = "";
    private final Map<String, Integer> seen = new TreeMap<>();
    private @Nullable Violation violation;

    public Referee(Timeline timeline) {
        this.timeline = timeline;
    }

    /** The first violation, or null. */
    public @Nullable Violation violation() {
        return violation;
    }

    /** The state to which the committed batches lead. */
    public Durable truth() {
        return truth;
    }

    /** The number of the last batch that counted. */
    public long sequence() {
        return sequence;
    }

    /** Batches that were committed and did not count. */
    public int skipped() {
        return skipped;
    }

    /** Instances placed since the world began. */
    public int placed() {
        return placed;
    }

    /** Healthy instances that failed, ended or were given up without an order to. */
    public int lostForNothing() {
        return lostForNothing;
    }

    /** The last placement or loss. */
    public String lastMove() {
        return lastMove;
    }

    /** How often each kind of thing happened: what never happens is not tested. */
    public Map<String, Integer> seen() {
        return seen;
    }

    private void see(String what) {
        seen.merge(what, 1, Integer::sum);
    }

    /** Operations that clients were promised and that have not ended. */
    public SortedMap<OperationId, AppOperation> unended() {
        SortedMap<OperationId, AppOperation> open = new TreeMap<>(accepted);
        open.keySet().removeAll(ended);
        return open;
    }

    /** How many operations clients were promised. */
    public int acceptedOperations() {
        return accepted.size();
    }

    /** Something must not be. */
    public void violated(String invariant, String what, Object subject) {
        if (violation == null) {
            violation = new Violation(invariant, what, subject.toString());
            timeline.tell("VIOLATION", violation);
        }
    }

    @Override
    public void committed(long index, byte[] bytes) {
        Batch batch = batches.decode(index, bytes);
        if (!follows(batch)) {
            skipped++;
            see("batch does not count");
            timeline.tell("batch does not count", batch.header());
            return;
        }
        sequence = batch.header().sequence();
        for (Change change : batch.changes()) {
            timeline.tell("committed", change);
            Durable before = truth;
            try {
                truth = truth.apply(change, limits);
            } catch (RuntimeException broken) {
                violated("BUG", "a committed change cannot be applied: " + change + ": " + broken.getMessage(), "");
                return;
            }
            note(before, change);
            books.check(before, change, truth);
        }
        books.recount(truth);
        remember();
    }

    private void remember() {
        truths.put(sequence, truth);
        truths.remove(sequence - TRUTHS_KEPT);
    }

    private boolean follows(Batch batch) {
        if (batch.header().sequence() != sequence + 1) {
            return false;
        }
        if (!batch.changes().isEmpty() && batch.changes().getFirst() instanceof Change.EpochBegun begun) {
            return begun.epoch() > truth.epoch();
        }
        return batch.header().epoch() == truth.epoch();
    }

    private void note(Durable before, Change change) {
        see(change.getClass().getSimpleName());
        switch (change) {
            case Change.InstanceCondemned fact -> {
                see("InstanceCondemned " + fact.reason());
                named.add(fact.instance());
            }
            case Change.InstanceGivenUp fact -> {
                named.add(fact.instance());
                noteLoss(before, fact.app(), fact.instance(), change);
            }
            case Change.StrangerCondemned fact -> named.add(fact.instance());
            case Change.InstancePlaced _ -> {
                placed++;
                lastMove = change.toString();
            }
            case Change.OperationEnded fact -> {
                ended.add(fact.operation());
                OperationRecord operation =
                        before.operations().get(fact.operation()).getOrNull();
                see((operation == null ? "?" : operation.printedType()) + " " + fact.state());
            }
            case Change.InstanceEnded fact -> noteLoss(before, fact.app(), fact.instance(), change);
            case Change.InstanceFailed fact -> noteLoss(before, fact.app(), fact.instance(), change);
            case Change.EpochBegun _,
                    Change.AppRegistered _,
                    Change.AppDestroyed _,
                    Change.DesiredSet _,
                    Change.OperationStarted _,
                    Change.InstanceHealthy _,
                    Change.GhostGone _,
                    Change.ExecutorRegistered _,
                    Change.ExecutorLost _,
                    Change.ExecutorReturned _,
                    Change.ExecutorForgotten _ -> {}
        }
    }

    private void noteLoss(Durable before, AppId app, InstanceId id, Change change) {
        InstanceRecord instance = before.instance(app, id);
        if (instance != null && instance.phase() == Phase.HEALTHY) {
            lostForNothing++;
            lastMove = change.toString();
        }
    }

    @Override
    public void created(SimulatedEngine engine, SimulatedContainer container) {
        timeline.tell(
                "container created",
                engine.machine(),
                container.toString(),
                container.plan().ports());
    }

    @Override
    public void started(SimulatedEngine engine, SimulatedContainer container) {
        timeline.tell(
                "container started",
                engine.machine(),
                container.toString(),
                container.plan().ports());
        Set<Integer> ports = new HashSet<>();
        container.plan().ports().forEach(port -> ports.add(port.hostPort()));
        for (SimulatedContainer other : engine.containers()) {
            if (other == container || !other.isRunning()) {
                continue;
            }
            for (int core : container.plan().allocation().cores().toList()) {
                if (other.plan().allocation().cores().contains(core)) {
                    violated(
                            "I1",
                            "core " + core + " of " + engine.machine() + " is held by running containers of "
                                    + container.instance() + " and " + other.instance(),
                            other.instance());
                }
            }
            other.plan().ports().forEach(port -> {
                if (ports.contains(port.hostPort())) {
                    violated(
                            "I8",
                            "port " + port.hostPort() + " of " + engine.machine() + " was given to "
                                    + container.instance() + " and " + other.instance(),
                            other.instance());
                }
            });
        }
    }

    @Override
    public void killing(SimulatedEngine engine, SimulatedContainer container) {
        timeline.tell("container is told to end", engine.machine(), container.toString());
        if (!named.contains(container.instance()) && !container.gaveReason()) {
            violated(
                    "I6",
                    "the container of " + container.instance() + " on " + engine.machine()
                            + " is killed, and no committed decision names it",
                    container.instance());
        }
    }

    @Override
    public void ended(SimulatedEngine engine, SimulatedContainer container) {
        timeline.tell("container ended", engine.machine(), container.toString());
    }

    @Override
    public void broke(String process, Throwable bug) {
        StringWriter text = new StringWriter();
        bug.printStackTrace(new PrintWriter(text, true));
        violated("BUG", process + " broke: " + text, "");
    }

    @Override
    public void answered(String controller, AppOperation operation, Reply reply) {
        timeline.tell("answered", controller, operation.printedType(), operation.appId(), reply);
        if (reply instanceof Reply.Accepted promise) {
            accepted.put(promise.operation(), operation);
            boolean isCommitted =
                    truth.operations().containsKey(promise.operation()) || ended.contains(promise.operation());
            if (!isCommitted) {
                violated(
                        "I4",
                        controller + " promised " + promise.operation() + " on " + promise.app()
                                + ", and no majority has it in its journal",
                        promise.operation());
            }
        }
    }

    @Override
    public void obeyed(String executor, long epoch, long highest) {
        if (epoch < highest) {
            violated(
                    "I5",
                    executor + " followed a leader of epoch " + epoch + " after it had stored epoch " + highest,
                    executor);
        }
    }

    @Override
    public void serving(String controller, long epoch) {
        String other = servingBy.put(epoch, controller);
        if (other != null) {
            violated("I5", "epoch " + epoch + " is served by " + other + " and by " + controller, controller);
        }
        if (epoch > truth.epoch()) {
            violated("I4", controller + " serves epoch " + epoch + " before that is committed", controller);
        }
    }

    /**
     * A controller's own idea of the state must be the truth at that point of the journal. Who decided a batch has the state that it decided live: for it, that is I14; for all others, which have read
     * batches or a snapshot, I10.
     */
    @Override
    public void applied(String controller, long itsSequence, Durable itsState) {
        if (itsSequence > sequence) {
            violated(
                    "I4", controller + " has applied batch " + itsSequence + ", committed are " + sequence, controller);
            return;
        }
        Durable wanted = truths.get(itsSequence);
        if (wanted != null && !itsState.equals(wanted)) {
            boolean isItsOwn = controller.equals(servingBy.get(wanted.epoch()));
            violated(
                    isItsOwn ? "I14" : "I10",
                    controller + (isItsOwn ? " decided" : " has") + " another state than the journal leads to at batch "
                            + itsSequence + ": " + Difference.between(wanted, itsState),
                    controller);
        }
    }
}
