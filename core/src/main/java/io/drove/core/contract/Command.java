package io.drove.core.contract;

import io.drove.model.id.AppId;
import io.drove.model.id.ExecutorId;
import io.drove.model.id.InstanceId;
import io.drove.model.resource.Allocation;

/** An effect on an executor. Leaves only after the changes of its decision are durable; can be derived again from the state. */
public sealed interface Command {
    /** Whom it is for. */
    ExecutorId executor();

    InstanceId instance();

    /** Run this instance. */
    record Start(ExecutorId executor, InstanceId instance, AppId app, Allocation allocation) implements Command {}

    /** Stop this instance. */
    record Stop(ExecutorId executor, InstanceId instance, StopReason reason) implements Command {}

    /** The end of this instance is recorded. */
    record Forget(ExecutorId executor, InstanceId instance) implements Command {}
}
