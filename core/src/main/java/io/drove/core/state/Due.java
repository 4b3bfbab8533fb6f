package io.drove.core.state;

import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.id.OperationId;

/** What a deadline is for. Every state that waits for someone else has one. */
public sealed interface Due {
    /** An operation made no progress in time. */
    record OperationStalled(OperationId operation, AppId app) implements Due {}

    /** An instance did not become healthy in time. */
    record StartOverdue(InstanceId instance, AppId app) implements Due {}

    /** A stop was not answered in time: say it again. */
    record StopOverdue(InstanceId instance, AppId app) implements Due {}

    /** An executor may have been silent for too long. */
    record ExecutorSilent(ExecutorId executor) implements Due {}

    /** A lost executor need not be shown any longer. */
    record ExecutorStale(ExecutorId executor) implements Due {}

    /** An app that backed off may try again. */
    record AppRetry(AppId app) implements Due {}

    /** More instances of lost executors may be given up. */
    record GiveUpMore() implements Due {}

    /** Room may have become free: apps with instances that could not be placed try again. */
    record PlacementRetry() implements Due {}
}
