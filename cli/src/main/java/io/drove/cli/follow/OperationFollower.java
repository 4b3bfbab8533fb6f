package io.drove.cli.follow;

import io.drove.cli.process.Pace;
import io.drove.cli.show.Progress;
import io.drove.client.CallFailedException;
import io.drove.client.DroveClient;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Follows an operation by its id until it has ended, however the controller behind the endpoint changes meanwhile. */
public final class OperationFollower {
    private final DroveClient client;
    private final Progress progress;
    private final Pace pace;

    public OperationFollower(DroveClient client, Progress progress, Pace pace) {
        this.client = client;
        this.progress = progress;
        this.pace = pace;
    }

    /** How following ended. */
    public sealed interface End {
        /** The operation has ended, well or not. */
        record Ended(JsonNode record) implements End {}

        /** It still runs. */
        record TimedOut(String last) implements End {}
    }

    /** Waits until the operation has ended, at most {@code timeout}. */
    public End follow(String operationId, Duration timeout) {
        Patience patience = new Patience(pace, timeout);
        String status = "waiting for operation " + operationId;
        try {
            do {
                try {
                    JsonNode record = client.operation(operationId).data();
                    status = describe(record);
                    progress.show(status, patience.shown());
                    if (!record.path("state").asString("").equals("RUNNING")) {
                        return new End.Ended(record);
                    }
                } catch (CallFailedException failure) {
                    if (!failure.isRetryable()) {
                        throw failure;
                    }
                    status = "asking again: " + failure.getMessage();
                    progress.show(status, patience.shown());
                }
            } while (patience.pause());
            return new End.TimedOut(status);
        } finally {
            progress.end();
        }
    }

    /** The record in one line. */
    public static String describe(JsonNode record) {
        JsonNode counts = record.path("progress");
        long failed = counts.path("failed").asLong(0);
        String reason = record.path("reason").asString("");
        return record.path("type").asString("operation") + " of "
                + record.path("appId").asString("") + ": "
                + record.path("state").asString("") + (counts.isObject() ? ", " + done(counts) + " done" : "")
                + (failed == 0 ? "" : ", " + failed + " failed")
                + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** How much of it is done; empty when that is not recorded. */
    public static String done(JsonNode progress) {
        return progress.isObject()
                ? progress.path("done").asLong(0) + " of "
                        + progress.path("wanted").asLong(0)
                : "";
    }
}
