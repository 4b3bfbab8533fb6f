package io.drove.controller.api;

import io.drove.controller.loop.Unavailable;
import io.drove.core.contract.Reply;
import io.drove.core.contract.Reply.Refusal;
import io.drove.model.app.AppOperation;
import io.drove.model.wire.Decoded;
import io.drove.model.wire.Envelope;
import io.drove.model.wire.OperationsHandled;
import io.drove.model.wire.OperationsHandled.Handled;
import io.drove.model.wire.UserDocuments;
import io.helidon.http.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several operations in one call, an addition of ours. The document is taken as a whole or not at all; then each operation is handed to the control loop as if they were posted one after the
 * other, and each is accepted or refused by itself. All of them share the time that one has, so that the call is always answered.
 */
final class BatchedOperations {
    /** Operations of one call that wait for the control loop at once: what waits in all is bounded, and others post too. */
    static final int UNDER_WAY_MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(BatchedOperations.class);

    private final Cluster cluster;
    private final UserDocuments documents;
    private final Duration replyTimeout;

    BatchedOperations(Cluster cluster, UserDocuments documents, Duration replyTimeout) {
        this.cluster = cluster;
        this.documents = documents;
        this.replyTimeout = replyTimeout;
    }

    /** What became of one operation. */
    private sealed interface Outcome {
        record Replied(Reply.Accepted reply) implements Outcome {}

        /** Nothing was done. */
        record Refused(List<String> reasons, Why why) implements Outcome {}

        record Unknown() implements Outcome {}
    }

    /** Who could have made a refused operation succeed. */
    private enum Why {
        /** Who asked for it. */
        REFUSED,
        /** Another controller. */
        NOT_LEADING,
        /** This one, later. */
        NOT_NOW,
        /** Whoever mends it. */
        BROKEN
    }

    Answer begin(Call call) throws InterruptedException {
        return switch (documents.operations(call.body())) {
            case Decoded.Valid<List<AppOperation>> valid -> begin(call, valid.value(), valid.warnings());
            case Decoded.Invalid<List<AppOperation>> invalid -> Answer.badRequest(Envelope.invalid(invalid));
        };
    }

    private Answer begin(Call call, List<AppOperation> operations, List<String> warnings) throws InterruptedException {
        // Before anything is asked for: whatever ends the wait, it may have been done.
        call.changesSomething();
        List<Outcome> outcomes = outcomes(operations);
        return answer(operations, outcomes, warnings);
    }

    /** Hands them over in order, a window of them at once, until one is not taken or the time is up; what was not handed over or answered says so. */
    private List<Outcome> outcomes(List<AppOperation> operations) throws InterruptedException {
        long deadline = System.nanoTime() + replyTimeout.toNanos();
        List<CompletableFuture<Reply>> asked = new ArrayList<>(operations.size());
        String notBegun = "";
        for (AppOperation operation : operations) {
            int before = asked.size() - UNDER_WAY_MAX;
            if (before >= 0 && !isAnswered(asked.get(before), deadline)) {
                notBegun = "Those before it in the call took all of the time";
                break;
            }
            if (!asked.isEmpty() && isBusy(asked.getLast())) {
                notBegun = "The controller has more to do than it can take";
                break;
            }
            asked.add(cluster.ask(operation).toCompletableFuture());
        }
        List<Outcome> outcomes = new ArrayList<>(operations.size());
        for (CompletableFuture<Reply> reply : asked) {
            outcomes.add(isAnswered(reply, deadline) ? outcome(reply) : new Outcome.Unknown());
        }
        while (outcomes.size() < operations.size()) {
            outcomes.add(new Outcome.Refused(List.of(notBegun + ", so it was not begun; ask again"), Why.NOT_NOW));
        }
        return outcomes;
    }

    private static boolean isAnswered(CompletableFuture<Reply> reply, long deadline) throws InterruptedException {
        try {
            reply.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException failed) {
            return true;
        } catch (TimeoutException late) {
            return false;
        }
    }

    private static boolean isBusy(CompletableFuture<Reply> asked) {
        return asked.isCompletedExceptionally()
                && asked.exceptionNow() instanceof Unavailable unavailable
                && unavailable.reason() == Unavailable.Reason.BUSY;
    }

    private static Outcome outcome(CompletableFuture<Reply> answered) {
        return switch (answered.state()) {
            case SUCCESS -> outcome(answered.resultNow());
            case FAILED -> outcome(answered.exceptionNow());
            case RUNNING, CANCELLED -> new Outcome.Unknown();
        };
    }

    private static Outcome outcome(Reply reply) {
        return switch (reply) {
            case Reply.Accepted accepted -> new Outcome.Replied(accepted);
            case Reply.Cancelled _ -> new Outcome.Unknown();
            case Reply.Refused refused ->
                new Outcome.Refused(
                        refused.refusals().stream().map(Refusal::message).toList(),
                        refused.refusals().stream().anyMatch(refusal -> refusal.code() == Reply.RefusalCode.NOT_LEADING)
                                ? Why.NOT_LEADING
                                : Why.REFUSED);
        };
    }

    private static Outcome outcome(Throwable failure) {
        if (!(failure instanceof Unavailable unavailable)) {
            return new Outcome.Unknown();
        }
        List<String> words = List.of(String.valueOf(unavailable.getMessage()));
        return switch (unavailable.reason()) {
            case NOT_LEADING -> new Outcome.Refused(words, Why.NOT_LEADING);
            case BUSY, STOPPING -> new Outcome.Refused(words, Why.NOT_NOW);
            case BROKEN -> new Outcome.Refused(words, Why.BROKEN);
            case OUTCOME_UNKNOWN -> new Outcome.Unknown();
        };
    }

    private Answer answer(List<AppOperation> operations, List<Outcome> outcomes, List<String> warnings) {
        if (outcomes.stream().allMatch(outcome -> isRefused(outcome, Why.NOT_LEADING))) {
            return Answer.notLeading();
        }
        List<Handled> handled = new ArrayList<>(operations.size());
        for (int i = 0; i < operations.size(); i++) {
            handled.add(handled(operations.get(i), outcomes.get(i)));
        }
        OperationsHandled data = new OperationsHandled(handled);
        int accepted = count(outcomes, Outcome.Replied.class);
        if (accepted == outcomes.size()) {
            return new Answer.Wrapped(Status.OK_200, Envelope.success(data, warnings));
        }
        int unknown = count(outcomes, Outcome.Unknown.class);
        if (unknown > 0) {
            LOG.warn("operations not answered asked={} unanswered={} after={}", outcomes.size(), unknown, replyTimeout);
        }
        return new Answer.Wrapped(
                status(outcomes), Envelope.failed(data, message(outcomes.size(), accepted, unknown), warnings));
    }

    private static Handled handled(AppOperation operation, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Replied replied ->
                Handled.accepted(replied.reply().app(), replied.reply().operation());
            case Outcome.Refused refused -> Handled.refused(operation.appId(), refused.reasons());
            case Outcome.Unknown _ ->
                Handled.unknown(
                        operation.appId(),
                        Operations.notKnown(operation.printedType(), operation.appId()) + ". "
                                + Operations.whereToLook(operation.appId()));
        };
    }

    private static String message(int asked, int accepted, int unknown) {
        return (asked - accepted - unknown) + " of " + asked + " operations were refused, " + accepted
                + " were accepted" + (unknown == 0 ? "" : ", and of " + unknown + " it is not known");
    }

    /** As for one operation, the worst of them all: that of ours, then that of the caller; else nothing is wrong but the moment. */
    private static Status status(List<Outcome> outcomes) {
        if (count(outcomes, Outcome.Unknown.class) > 0 || isAny(outcomes, Why.BROKEN)) {
            return Status.INTERNAL_SERVER_ERROR_500;
        }
        return isAny(outcomes, Why.REFUSED) || isAny(outcomes, Why.NOT_LEADING)
                ? Status.BAD_REQUEST_400
                : Status.SERVICE_UNAVAILABLE_503;
    }

    private static boolean isAny(List<Outcome> outcomes, Why why) {
        return outcomes.stream().anyMatch(outcome -> isRefused(outcome, why));
    }

    private static boolean isRefused(Outcome outcome, Why why) {
        return outcome instanceof Outcome.Refused refused && refused.why() == why;
    }

    private static int count(List<Outcome> outcomes, Class<? extends Outcome> kind) {
        return Math.toIntExact(outcomes.stream().filter(kind::isInstance).count());
    }
}
