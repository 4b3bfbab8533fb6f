package io.drove.controller.api;

import io.drove.controller.loop.Unavailable;
import io.drove.core.contract.Reply;
import io.drove.core.contract.Reply.Refusal;
import io.drove.core.contract.Reply.RefusalCode;
import io.drove.core.state.ClusterState;
import io.drove.core.state.OperationRecord;
import io.drove.model.app.AppOperation;
import io.drove.model.id.AppId;
import io.drove.model.id.OperationId;
import io.drove.model.wire.Decoded;
import io.drove.model.wire.Envelope;
import io.drove.model.wire.OperationAccepted;
import io.drove.model.wire.UserDocuments;
import io.helidon.http.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /applications/operations} and {@code /operations}: asking for changes, and following them. */
final class Operations {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    private final Cluster cluster;
    private final UserDocuments documents;
    private final Duration replyTimeout;

    Operations(Cluster cluster, UserDocuments documents, Duration replyTimeout) {
        this.cluster = cluster;
        this.documents = documents;
        this.replyTimeout = replyTimeout;
    }

    Answer begin(Call call) throws InterruptedException {
        return switch (documents.operation(call.body())) {
            case Decoded.Valid<AppOperation> valid -> begin(valid.value(), valid.warnings());
            case Decoded.Invalid<AppOperation> invalid -> Answer.badRequest(Envelope.invalid(invalid));
        };
    }

    Answer cancel(Call call) throws InterruptedException {
        AppId app = new AppId(call.path("id"));
        return await(cluster.cancel(app), "CANCEL", app, List.of());
    }

    Answer show(Call call) {
        ClusterState state = cluster.published();
        String text = call.path("id");
        OperationRecord operation = OperationId.parse(text)
                .map(id -> state.durable().operations().getOrElse(id, null))
                .orElse(null);
        return operation == null
                ? Answer.notFound("No such operation " + text)
                : Answer.success(OperationView.info(state, operation));
    }

    Answer history(Call call) {
        return Answer.success(OperationView.history(cluster.published(), new AppId(call.path("id"))));
    }

    private Answer begin(AppOperation operation, List<String> warnings) throws InterruptedException {
        return await(cluster.ask(operation), operation.printedType(), operation.appId(), warnings);
    }

    private static Answer answer(Reply reply, List<String> warnings) {
        return switch (reply) {
            case Reply.Accepted accepted ->
                new Answer.Wrapped(
                        Status.OK_200,
                        Envelope.success(new OperationAccepted(accepted.app(), accepted.operation()), warnings));
            // Without data: drove-cli prints the envelope's message only then.
            case Reply.Cancelled _ -> new Answer.Wrapped(Status.OK_200, Envelope.success());
            case Reply.Refused refused -> refused(refused.refusals());
        };
    }

    private static Answer refused(List<Refusal> refusals) {
        for (Refusal refusal : refusals) {
            if (refusal.code() == RefusalCode.NOT_LEADING) {
                return Answer.notLeading();
            }
            if (refusal.code() == RefusalCode.NOTHING_TO_CANCEL) {
                return Answer.badRequest(Envelope.failed(refusal.message()));
            }
        }
        return Answer.badRequest(
                Envelope.refused(refusals.stream().map(Refusal::message).toList()));
    }

    private static Answer unknown(String what, AppId app) {
        return Answer.unexpected(notKnown(what, app), whereToLook(app));
    }

    static String notKnown(String what, AppId app) {
        return what + " on " + app + " was handed over, but whether it took effect is not known";
    }

    static String whereToLook(AppId app) {
        return "Look at GET /apis/v1/applications/" + app + "/operations before you ask again";
    }

    /** Waits for the reply, and says what to answer. */
    private Answer await(CompletionStage<Reply> asked, String what, AppId app, List<String> warnings)
            throws InterruptedException {
        try {
            Reply reply = asked.toCompletableFuture().get(replyTimeout.toNanos(), TimeUnit.NANOSECONDS);
            return answer(reply, warnings);
        } catch (ExecutionException failure) {
            LOG.warn("operation not answered what={} app={} reason={}", what, app, String.valueOf(failure.getCause()));
            return failure.getCause() instanceof Unavailable unavailable
                    ? answer(unavailable, what, app)
                    : unknown(what, app);
        } catch (TimeoutException late) {
            LOG.warn("operation not answered what={} app={} after={}", what, app, replyTimeout);
            return unknown(what, app);
        }
    }

    private static Answer answer(Unavailable unavailable, String what, AppId app) {
        String words = String.valueOf(unavailable.getMessage());
        return switch (unavailable.reason()) {
            case NOT_LEADING -> Answer.notLeading();
            case BUSY, STOPPING -> new Answer.Wrapped(Status.SERVICE_UNAVAILABLE_503, Envelope.failed(words));
            case BROKEN -> Answer.unexpected(words, "Nothing was done");
            case OUTCOME_UNKNOWN -> unknown(what, app);
        };
    }
}
