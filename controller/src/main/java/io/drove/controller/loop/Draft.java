package io.drove.controller.loop;

import io.drove.controller.journal.BatchCodec;
import io.drove.core.contract.Change;
import io.drove.core.contract.Input;
import io.drove.core.contract.Now;
import io.drove.core.planner.Decision;
import io.drove.core.state.ClusterState;
import io.drove.core.state.Durable;
import io.drove.platform.time.Moment;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A batch that is being decided: inputs at one moment, one upon the other, and what they bring. Mutable; for the thread that steps. */
final class Draft {
    // One name for all that the loop logs.
    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
    private static final BatchCodec BATCHES = new BatchCodec();

    private final ControlLoop.Parts parts;
    private final LoopLimits limits;
    private final Epoch epoch;
    private final Moment began;
    private final Now now;
    private final Flight.Outputs outputs;
    private final BatchCodec.Writer batch = BATCHES.writer();
    private final Durable base;
    private ClusterState decided;
    private boolean isMore;
    private int inputs;

    /** Nothing is decided yet, but that state; {@code isMore} says whether more follows from it without waiting. */
    Draft(ControlLoop.Parts parts, Epoch epoch, Moment began, ClusterState decided, boolean isMore) {
        this.parts = parts;
        this.limits = parts.limits();
        this.epoch = epoch;
        this.began = began;
        this.now = epoch.at(began);
        this.outputs = new Flight.Outputs(now.wallMillis());
        this.base = decided.durable();
        this.decided = decided;
        this.isMore = isMore;
    }

    /** The time of leading that it belongs to. */
    Epoch epoch() {
        return epoch;
    }

    /** The moment at which all of it is decided. */
    Moment began() {
        return began;
    }

    /** How many inputs it has decided. */
    int inputs() {
        return inputs;
    }

    /** Whether it has decided so much, or for so long, that its batch should leave. */
    boolean isFull(int inputsMax, Duration timeMax) {
        return inputs >= inputsMax || batch.size() >= limits.batchBytes() || spent().compareTo(timeMax) >= 0;
    }

    /** The time since it began. */
    Duration spent() {
        return parts.clock().read().since(began);
    }

    /** Decides one input; one that breaks the program changes nothing, and its asker is told. */
    void decide(Input input, Inbox.@Nullable Ask ask) {
        inputs++;
        Decision decision;
        try {
            decision = parts.decider().decide(decided, input, now);
        } catch (RuntimeException | StackOverflowError | AssertionError bug) {
            LOG.error("input could not be decided input={}", shown(input), bug);
            parts.observer().failed();
            isMore = false;
            if (ask != null) {
                ask.reply().completeExceptionally(new Unavailable(Unavailable.Reason.BROKEN));
            }
            return;
        }
        for (Change change : decision.changes()) {
            batch.add(change);
        }
        decided = decision.next();
        isMore = decision.more();
        outputs.add(decision, ask);
    }

    /** Whether the last decision was cut short: more follows without waiting. */
    boolean isMore() {
        return isMore;
    }

    /** Whether a deadline has passed; or nothing was decided for so long that the core would take the silence for a pause of ours. */
    boolean isDue() {
        OptionalLong next = decided.nextDeadline();
        return (next.isPresent() && next.getAsLong() <= now.nanos())
                || now.nanos() - decided.observed().seen() >= limits.sleepMax().toNanos();
    }

    /** The state to which it has led. */
    ClusterState decided() {
        return decided;
    }

    /** All that may leave when it is durable. */
    Flight.Outputs outputs() {
        return outputs;
    }

    /** How many facts it has brought. */
    int facts() {
        return batch.count();
    }

    /** Its facts, of which there is one at least, as the batch of that number; nothing can be decided any more. */
    Replica.Expected finish(long sequence) {
        return new Replica.Expected(batch.finish(epoch.number(), sequence), base, decided.durable());
    }

    /** Without specs: they may hold secrets. */
    private static String shown(Input input) {
        return switch (input) {
            case Input.OperationAsked asked ->
                asked.operation().printedType() + " " + asked.operation().appId();
            case Input.CancelAsked cancel -> "cancel " + cancel.app();
            case Input.LeadershipBegun _,
                    Input.ExecutorConnected _,
                    Input.InventoryChanged _,
                    Input.InstancesListed _,
                    Input.InstancesReported _,
                    Input.ExecutorsHeard _,
                    Input.ExecutorDisconnected _,
                    Input.FellBehind _,
                    Input.TimePassed _ -> input.toString();
        };
    }
}
