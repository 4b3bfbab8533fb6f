package io.drove.controller.loop;

import static java.util.Objects.requireNonNull;

import io.drove.core.contract.Input;
import io.drove.core.contract.Reply;
import io.drove.core.contract.Seed;
import io.drove.core.planner.Decider;
import io.drove.core.state.ClusterState;
import io.drove.model.app.AppOperation;
import io.drove.model.id.AppId;
import io.drove.platform.journal.Journal;
import io.drove.platform.time.Clock;
import io.drove.platform.time.Moment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer of the cluster's state.
 *
 * <p>One thread calls {@link #step} again and again; everything else may be called by any thread. A step takes what waits, decides it on the
 * latest decided state, and hands all its facts to the journal as one batch; while that one syncs, the next is decided. Nothing leaves before
 * the batch that it rests on is durable, and everything leaves in the order in which it was decided. When the outcome of a batch is in doubt, or
 * leadership ends, all that is not durable is dropped, and the next epoch begins from what the journal says.
 */
public final class ControlLoop implements Journal.LeadershipListener {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
    private static final long NO_TERM = -1;

    private final Parts parts;
    private final Replica replica;
    private final Journal journal;
    private final Clock clock;
    private final Supplier<Seed> seeds;
    private final LoopLimits limits;
    private final LoopObserver observer;
    private final Inbox inbox;

    private volatile @Nullable Outlets outlets;
    private volatile Runnable waker = () -> {};
    private volatile long term = NO_TERM;
    private final AtomicLong outrankedBy = new AtomicLong();
    private volatile boolean isStopped;
    private volatile @Nullable Epoch serving;
    private volatile long lastStep;
    // 0 for none; the clock may show 0, for one nanosecond.
    private volatile long oldestDeparted;

    // The rest belongs to the thread that steps.
    private final Flights flights;
    private @Nullable Epoch current;
    private ClusterState decided;
    private long sequence;
    private boolean isMore;
    private long notBefore;

    /** What the loop is made of. The seeds' source is used by many threads. */
    public record Parts(
            Decider decider,
            Replica replica,
            Journal journal,
            Clock clock,
            Supplier<Seed> seeds,
            LoopLimits limits,
            LoopObserver observer) {}

    public ControlLoop(Parts parts) {
        this.parts = parts;
        this.replica = parts.replica();
        this.journal = parts.journal();
        this.clock = parts.clock();
        this.seeds = parts.seeds();
        this.limits = parts.limits();
        this.observer = parts.observer();
        this.inbox = new Inbox(limits);
        this.flights = new Flights(limits);
        this.notBefore = clock.read().monotonicNanos();
        this.lastStep = notBefore;
        this.decided = ClusterState.empty(replica.limits());
    }

    /** Says where results go. Once, before the first step. */
    public void connect(Outlets to) {
        outlets = to;
    }

    /** Says whom to wake when there is something to do. */
    public void onWork(Runnable wake) {
        waker = wake;
    }

    /**
     * Asks for an operation. Completes with the reply when it is durable, on the loop's thread: dependents must be brief. Fails with {@link
     * Unavailable}.
     */
    public CompletionStage<Reply> ask(AppOperation operation) {
        return ask(new Input.OperationAsked(seeds.get(), operation));
    }

    /** Asks to cancel what goes on with an app; as {@link #ask}. */
    public CompletionStage<Reply> cancel(AppId app) {
        return ask(new Input.CancelAsked(seeds.get(), app));
    }

    private CompletionStage<Reply> ask(Input input) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        if (isStopped || !isLeading()) {
            reply.completeExceptionally(
                    new Unavailable(isStopped ? Unavailable.Reason.STOPPING : Unavailable.Reason.NOT_LEADING));
        } else if (!inbox.offer(new Inbox.Ask(input, reply))) {
            reply.completeExceptionally(new Unavailable(Unavailable.Reason.BUSY));
        } else {
            wake();
            // The loop may have stopped in between, for good.
            if (isStopped) {
                refuseWaiting(Unavailable.Reason.STOPPING);
            }
        }
        return reply;
    }

    /** Takes what an executor told; false when it cannot, and then its session must be closed. */
    public boolean report(Input input) {
        boolean isTaken = isLeading() && inbox.offer(input, clock.read().monotonicNanos());
        wake();
        return isTaken;
    }

    /**
     * Somebody has seen a later epoch than ours. If another leads, our next barrier fails; if our journal has lost its end, the next epoch is
     * above what was seen.
     */
    public void outranked(long seen) {
        outrankedBy.accumulateAndGet(seen, Math::max);
        wake();
    }

    /** Where ids come from. */
    public Seed nextSeed() {
        return seeds.get();
    }

    /** The newest durable state: of this epoch when leading, else what the journal has told. */
    public ClusterState published() {
        Epoch epoch = serving;
        ClusterState published = epoch == null ? null : epoch.published();
        return published == null ? ClusterState.recovered(replica.view().durable(), replica.limits()) : published;
    }

    /** Whether this controller leads and its epoch has begun. */
    public boolean isLeading() {
        Epoch epoch = serving;
        return epoch != null && epoch.term() == term;
    }

    /** The epoch in which this controller leads, 0 when it does not. */
    public long epoch() {
        Epoch epoch = serving;
        return epoch == null || epoch.term() != term ? 0 : epoch.number();
    }

    /** Nanoseconds on the epoch's clock, on which deadlines in the state run; 0 when not leading. */
    public long epochNanos() {
        Epoch epoch = serving;
        return epoch == null ? 0 : epoch.nanos(clock.read());
    }

    /**
     * Whether the loop goes on.
     *
     * @param sinceStep nanoseconds since the last step began
     * @param oldestBatch for how many nanoseconds the oldest batch has waited for the journal, as of the last step; 0 when none does. One of a lost epoch
     *     counts while it holds up a new one
     */
    public record Pulse(long sinceStep, long oldestBatch) {}

    public Pulse pulse() {
        long now = clock.read().monotonicNanos();
        long waiting = oldestDeparted;
        return new Pulse(now - lastStep, waiting == 0 ? 0 : now - waiting);
    }

    /** Whether what executors told waits for so long that their silence may be a delay of ours. */
    public boolean isBehind() {
        return nextReportWaited() >= limits.behind().toNanos();
    }

    /** For how many nanoseconds the report of an executor has waited that is decided next; 0 when none waits. */
    public long nextReportWaited() {
        return inbox.waited(clock.read().monotonicNanos());
    }

    /** How many questions wait. */
    public int asksWaiting() {
        return inbox.depth().asks();
    }

    /** How many inputs from executors wait. */
    public int reportsWaiting() {
        return inbox.depth().reports();
    }

    @Override
    public void leading(long newTerm) {
        term = newTerm;
        wake();
    }

    @Override
    public void following() {
        term = NO_TERM;
        wake();
    }

    private void wake() {
        waker.run();
    }

    /** Does what there is to do, for about two milliseconds; returns after how many nanoseconds the next step is due without being woken. */
    public long step() {
        Moment now = clock.read();
        lastStep = now.monotonicNanos();
        flights.settleStrays();
        settle();
        long led = term;
        Epoch epoch = current;
        if (epoch != null && (epoch.term() != led || epoch.number() < outrankedBy.get())) {
            LOG.info("leadership in doubt epoch={} term={} seen={}", epoch.number(), epoch.term(), outrankedBy);
            lose();
        }
        if (current == null && led != NO_TERM && now.monotonicNanos() - notBefore >= 0 && flights.hasRoomToBegin()) {
            begin(led, now);
            settle();
        }
        if (serving == null) {
            refuseWaiting(Unavailable.Reason.NOT_LEADING);
        } else if (flights.hasRoom()) {
            decideWaiting(requireNonNull(current), now);
            settle();
        }
        Flight oldest = isHeldUp() ? flights.firstStray() : flights.first();
        oldestDeparted = oldest == null ? 0 : oldest.departed();
        return sleep(now);
    }

    /** Something broke on the way: drops all that is not durable; the next step begins a new epoch. For the thread that steps. */
    public void fault(Throwable cause) {
        LOG.error("control loop failed, it begins again from the journal", cause);
        observer.failed();
        lose();
    }

    /** Ends: what waits is refused, and so are later questions. No step may follow. For the thread that steps. */
    public void stop() {
        isStopped = true;
        term = NO_TERM;
        lose();
        flights.abandonStrays();
        refuseWaiting(Unavailable.Reason.STOPPING);
    }

    private void begin(long led, Moment now) {
        Replica.View view = replica.view();
        long number = Math.max(led, Math.max(view.durable().epoch(), outrankedBy.get()) + 1);
        Epoch epoch = new Epoch(number, led, now);
        current = epoch;
        decided = ClusterState.recovered(view.durable(), replica.limits());
        sequence = view.sequence();
        isMore = false;
        LOG.info("leadership begins epoch={} term={} sequence={}", number, led, sequence);
        Draft draft = new Draft(parts, epoch, now, decided, false);
        draft.decide(new Input.LeadershipBegun(seeds.get(), number), null);
        if (draft.facts() > 0) {
            depart(draft);
        } else {
            // Without its barrier an epoch must not serve.
            lose();
        }
    }

    /** Whether this controller should lead, and only what the journal owes it an answer for is in the way. */
    private boolean isHeldUp() {
        return current == null && term != NO_TERM && !flights.hasRoomToBegin();
    }

    /**
     * Signs of life first; then questions and reports, for as long as each other: a flood of the ones must not silence the others. Then what follows from
     * them all, one decision's worth at least.
     */
    private void decideWaiting(Epoch epoch, Moment now) {
        Draft draft = new Draft(parts, epoch, now, decided, isMore);
        Input signs = inbox.nextSigns();
        if (signs != null) {
            draft.decide(signs, null);
        }
        Duration half = limits.step().dividedBy(2);
        Inbox.Ask ask = inbox.nextAsk();
        while (ask != null) {
            draft.decide(ask.input(), ask);
            ask = draft.isFull(limits.asksPerStep(), half) ? null : inbox.nextAsk();
        }
        int most = draft.inputs() + limits.reportsPerStep();
        Duration asked = draft.spent();
        Duration all = asked.compareTo(half) > 0 ? asked.multipliedBy(2) : limits.step();
        Input report = inbox.nextReport(now.monotonicNanos());
        while (report != null) {
            draft.decide(report, null);
            report = draft.isFull(most, all) ? null : inbox.nextReport(now.monotonicNanos());
        }
        if (draft.isMore() || draft.isDue()) {
            if (isBehind()) {
                draft.decide(new Input.FellBehind(seeds.get()), null);
            }
            do {
                draft.decide(new Input.TimePassed(seeds.get()), null);
            } while (draft.isMore() && !draft.isFull(Integer.MAX_VALUE, limits.step()));
        }
        if (draft.inputs() > 0) {
            depart(draft);
        }
    }

    /** Sends what was decided on its way. Without facts there is nothing to wait for but what went before. */
    private void depart(Draft draft) {
        decided = draft.decided();
        isMore = draft.isMore();
        int bytes = 0;
        Flight last = flights.last();
        if (draft.facts() > 0) {
            sequence++;
            Replica.Expected expected = draft.finish(sequence);
            bytes = expected.batch().length;
            Flight flight =
                    new Flight(expected, draft.outputs(), decided, clock.read().monotonicNanos());
            flights.add(flight);
            replica.expect(expected);
            journal.append(draft.epoch().term(), expected.batch()).whenComplete((_, failure) -> {
                flight.land(failure);
                wake();
            });
        } else if (last != null) {
            last.ride(draft.outputs(), decided);
        } else {
            release(new Flight(null, draft.outputs(), decided, draft.began().monotonicNanos()));
        }
        observer.stepped(new LoopObserver.Step(
                draft.inputs(), draft.facts(), bytes, draft.spent().toNanos()));
    }

    /** Lets out what is durable, in order. */
    private void settle() {
        Flight first = flights.first();
        while (first != null && first.landing() != null) {
            if (!first.isTrue()) {
                LOG.warn("journal batch lost outcome={} flights={}", first.landing(), flights.size());
                lose();
                return;
            }
            flights.removeFirst();
            observer.durable(clock.read().monotonicNanos() - first.departed());
            release(first);
            first = flights.first();
        }
    }

    private void release(Flight flight) {
        Epoch epoch = requireNonNull(current);
        Outlets to = requireNonNull(outlets, "connect comes before the first step");
        boolean isBarrier = epoch.published() == null;
        epoch.publish(flight.after());
        if (isBarrier) {
            serving = epoch;
            LOG.info("leading epoch={} term={}", epoch.number(), epoch.term());
            to.leadership().serving(epoch.number(), flight.after());
        }
        flight.answer(Unavailable.Reason.OUTCOME_UNKNOWN);
        if (!flight.commands().isEmpty()) {
            to.commands().send(flight.after(), flight.commands());
        }
        if (!flight.happenings().isEmpty()) {
            to.happenings().accept(flight.after(), flight.happenings(), flight.wall());
        }
    }

    /** Drops what is not durable. Who asked for it hears when the journal says what became of it. */
    private void lose() {
        boolean wasServing = serving != null;
        serving = null;
        current = null;
        isMore = false;
        replica.forget();
        flights.lose();
        decided = ClusterState.empty(replica.limits());
        notBefore = clock.read().monotonicNanos() + limits.retry().toNanos();
        refuseWaiting(Unavailable.Reason.NOT_LEADING);
        if (wasServing) {
            requireNonNull(outlets).leadership().ended();
        }
    }

    private void refuseWaiting(Unavailable.Reason reason) {
        for (Inbox.Ask ask : inbox.clear()) {
            ask.reply().completeExceptionally(new Unavailable(reason));
        }
    }

    private long sleep(Moment now) {
        long longest = limits.sleepMax().toNanos();
        if (current == null) {
            // What is under way tells us when it has landed: then there may be room for a new epoch.
            return term == NO_TERM || !flights.hasRoomToBegin()
                    ? longest
                    : Math.clamp(notBefore - now.monotonicNanos(), 0, longest);
        }
        if (serving == null || !flights.hasRoom()) {
            return longest;
        }
        if (isMore || !inbox.depth().isEmpty()) {
            return 0;
        }
        long elapsed = current.nanos(now);
        long idle = decided.observed().seen() + longest;
        return Math.clamp(Math.min(decided.nextDeadline().orElse(idle), idle) - elapsed, 0, longest);
    }
}
