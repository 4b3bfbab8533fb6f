package io.drove.controller.api;

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
import org.jspecify.annotations.Nullable;
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
        Reply reply = await(cluster.cancel(app));
        return reply == null ? unknown("The cancellation", app) : answer(reply, List.of());
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
        Reply reply = await(cluster.ask(operation));
        return reply == null ? unknown(operation.printedType(), operation.appId()) : answer(reply, warnings);
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
        return Answer.unknownOutcome(
                what + " on " + app + " was handed over, but whether it took effect is not known",
                "Look at GET /apis/v1/applications/" + app + "/operations before you ask again");
    }

    /** The reply, or null when nobody can say what came of it. */
    private @Nullable Reply await(CompletionStage<Reply> asked) throws InterruptedException {
        try {
            return asked.toCompletableFuture().get(replyTimeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            LOG.warn("operation outcome unknown", failure.getCause());
            return null;
        } catch (TimeoutException late) {
            LOG.warn("operation outcome unknown after={}", replyTimeout);
            return null;
        }
    }
}
