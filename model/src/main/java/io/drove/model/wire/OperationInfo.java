package io.drove.model.wire;

import io.drove.model.app.FailureStrategy;
import io.drove.model.app.OperationState;
import io.drove.model.id.AppId;
import io.drove.model.id.OperationId;
import io.drove.model.time.TimeSpan;
import org.jspecify.annotations.Nullable;

/**
 * An operation from its acceptance on. Times in milliseconds since the epoch.
 *
 * @param type as printed by the original, such as {@code SCALE_INSTANCES}
 * @param reason why it ended as it did; empty while it runs
 * @param ended absent while it runs
 * @param progress how far it is, or came before it ended; absent for operations of before that was recorded
 * @param detail what it is doing or waiting for, in words
 */
public record OperationInfo(
        OperationId operationId,
        AppId appId,
        String type,
        OperationState state,
        String reason,
        long created,
        long updated,
        @Nullable Long ended,
        TimeSpan timeout,
        int parallelism,
        FailureStrategy failureStrategy,
        @Nullable Progress progress,
        String detail) {
    /** Instances that are to be started, stopped or replaced, and how many of them are done or failed. */
    public record Progress(int wanted, int done, int failed) {}
}
